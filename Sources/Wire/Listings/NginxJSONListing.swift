/// `autoindex_format json` of nginx (seen: 1.22): names as they lie on the disk, UTF-8 or not.
package struct NginxJSONListing: ListingFormat {
    package let name = "nginx json"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.document, page.form == .json, page.members.isEmpty, !page.records.isEmpty else {
            // Any program may answer `[]`: that is not enough to call a folder empty.
            return nil
        }
        return page.entries { record in
            guard page.place(of: record).isEmpty, let name = page.bytes(.name, of: record),
                let type = page.word(.type, of: record), let time = page.time(.mtime, of: record),
                type == "directory" || type == "file" || type == "other"
            else { return nil }
            let isFolder = type == "directory"
            return .init(
                reference: ListingDocument.reference(naming: name, isFolder: isFolder),
                isFolder: isFolder,
                size: page.size(.size, of: record),
                time: time
            )
        }
    }
}
