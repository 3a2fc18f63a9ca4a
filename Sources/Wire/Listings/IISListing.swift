/// Directory browsing of IIS: `host - /path/` as title and heading, and a line for each name with its time before it.
package struct IISListing: ListingFormat {
    package let name = "iis"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, page.title == page.heading, page.title.contains(between: " - /", and: "/"),
            !page.links.isEmpty, page.links.allSatisfy({ page.container(of: $0) == .preformatted }),
            page.links.allSatisfy({ page.reference(of: $0).first == UInt8(ascii: "/") }),
            page.haveNames(in: .preformatted), page.haveTimes(in: .preformatted)
        else { return nil }
        return page.entries(in: .preformatted)
    }
}

extension [UInt8] {
    /// Whether `start` stands in it and `end` at its end.
    fileprivate func contains(between start: StaticString, and end: StaticString) -> Bool {
        let text = String(decoding: prefix(4_096), as: UTF8.self)
        return text.contains("\(start)") && text.hasSuffix("\(end)")
    }
}
