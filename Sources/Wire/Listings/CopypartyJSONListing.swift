/// What copyparty answers to `?ls` (seen: 1.20): folders and files in two arrays, links already escaped.
package struct CopypartyJSONListing: ListingFormat {
    package let name = "copyparty json"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.document, page.form == .json, page.members.isSuperset(of: ["dirs", "files"]),
            page.members.contains("taglist") || page.members.contains("acct") || page.members.contains("perms")
        else { return nil }
        return page.entries { record in
            guard let href = page.bytes(.href, of: record) else { return nil }
            let path = href.prefix { $0 != UInt8(ascii: "?") }
            return .init(
                reference: Array(path),
                isFolder: page.place(of: record) == "dirs",
                size: page.size(.sz, of: record),
                time: page.epoch(.ts, of: record)
            )
        } passing: {
            !["dirs", "files"].contains(page.place(of: $0))
        }
    }
}
