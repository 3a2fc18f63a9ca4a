/// `autoindex_format xml` of nginx (seen: 1.22), which is well-formed only as long as the names are UTF-8.
package struct NginxXMLListing: ListingFormat {
    package let name = "nginx xml"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.document, page.root == "list" else { return nil }
        return page.entries { record in
            guard let name = page.bytes(.name, of: record), let time = page.time(.mtime, of: record) else { return nil }
            let isFolder = page.place(of: record) == "directory"
            return .init(
                reference: ListingDocument.reference(naming: name, isFolder: isFolder),
                isFolder: isFolder,
                size: page.size(.size, of: record),
                time: time
            )
        }
    }
}
