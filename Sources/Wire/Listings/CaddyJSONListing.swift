/// What Caddy's file server answers to `Accept: application/json` (seen: 2.6, 2.11); `url` keeps bytes that `name` loses.
package struct CaddyJSONListing: ListingFormat {
    package let name = "caddy json"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.document, page.form == .json, page.members.isEmpty, !page.records.isEmpty else {
            return nil
        }
        return page.entries { record in
            guard page.place(of: record).isEmpty, let url = page.bytes(.url, of: record),
                let isFolder = page.isTrue(.isDirectory, of: record), let time = page.time(.modTime, of: record)
            else { return nil }
            return .init(reference: Array(url), isFolder: isFolder, size: page.size(.size, of: record), time: time)
        }
    }
}
