/// The basic page of copyparty (seen: 1.20): a table `#files` with a link to each name's archive or contents.
package struct CopypartyListing: ListingFormat {
    package let name = "copyparty"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.divisions.contains("#files"),
            page.says("file name", and: "size"),
            page.links.contains(where: {
                page.reference(of: $0).contains("?zip") || page.reference(of: $0).contains("?b")
            })
        else { return nil }
        var entries = page.entries(in: .table)
        entries.packed = entries.packed.compactMap { entry in
            let reference = entries.reference(of: entry)
            let path = reference.prefix { $0 != UInt8(ascii: "?") }
            guard !reference.contains("?zip"), !path.isEmpty, !path.elementsEqual("../".utf8) else { return nil }
            var entry = entry
            // The page's own form of a folder: the folder is the link without it.
            entry.reference = entry.reference.part(from: 0, to: path.count)
            return entry
        }
        return entries
    }
}

extension ListingOutline {
    fileprivate func says(_ first: StaticString, and second: StaticString) -> Bool {
        let text = String(decoding: columns, as: UTF8.self)
        return text.contains("\(first)") && text.contains("\(second)")
    }
}

extension ArraySlice<UInt8> {
    fileprivate func contains(_ mark: String) -> Bool { String(decoding: suffix(32), as: UTF8.self).contains(mark) }
}
