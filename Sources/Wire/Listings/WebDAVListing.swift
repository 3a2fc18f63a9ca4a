import Domain

/// The answer to a PROPFIND (RFC 4918) of any server, the public shares of Nextcloud and ownCloud among them.
///
/// The folder itself is one of the responses: the one that all others lie below.
package struct WebDAVListing: ListingFormat {
    package let name = "webdav"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.document, page.root == "multistatus", !page.records.isEmpty else { return nil }
        let own = Self.folder(of: page)
        guard let own else { return nil }
        return page.entries { record in
            guard let href = page.bytes(.href, of: record) else { return nil }
            let isFolder = page.run(.collection, of: record) != nil
            return .init(
                reference: Array(href.trimmed),
                isFolder: isFolder,
                size: isFolder ? nil : page.size(.getcontentlength, of: record),
                time: page.time(.getlastmodified, of: record),
                mark: isFolder ? nil : page.bytes(.getetag, of: record)
            )
        } passing: { record in
            page.bytes(.href, of: record).map { Self.path($0) == own } ?? false
        }
    }

    /// The path of the collection that is asked about: the shortest, which all the others begin with.
    private static func folder(of page: ListingDocument) -> [UInt8]? {
        var shortest: [UInt8]?
        for record in page.records where page.run(.collection, of: record) != nil {
            guard let path = page.bytes(.href, of: record).map(Self.path) else { continue }
            if path.count < shortest?.count ?? .max { shortest = path }
        }
        guard let shortest else { return nil }
        let isAbove = page.records.allSatisfy { record in
            page.bytes(.href, of: record).map { Self.path($0).starts(with: shortest) } ?? false
        }
        return isAbove ? shortest : nil
    }

    /// The decoded path of an address or path, with a slash at its end.
    private static func path(_ href: ArraySlice<UInt8>) -> [UInt8] {
        var path = href.trimmed
        if path.first != UInt8(ascii: "/"), let scheme = path.range(of: "://") {
            path = path[scheme...].drop { $0 != UInt8(ascii: "/") }
        }
        let decoded = [UInt8](percentEncoded: path)
        return decoded.last == UInt8(ascii: "/") ? decoded : decoded + [UInt8(ascii: "/")]
    }
}

extension ArraySlice<UInt8> {
    var trimmed: ArraySlice<UInt8> {
        var text = drop(while: \.isSpace)
        while text.last?.isSpace == true { text = text.dropLast() }
        return text
    }

    /// Where the bytes behind the first `mark` begin.
    fileprivate func range(of mark: String) -> Index? {
        let mark = Array(mark.utf8)
        guard count >= mark.count else { return nil }
        return (startIndex...endIndex - mark.count).first { self[$0..<$0 + mark.count].elementsEqual(mark) }
            .map { $0 + mark.count }
    }
}
