/// The default servlet of Tomcat (seen: 10.1): `Directory Listing For [/path/]`, and its name below the table.
package struct TomcatListing: ListingFormat {
    package let name = "tomcat"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, ListingOutline.begins(page.title, with: "directory listing for "),
            ListingOutline.begins(page.heading, with: "directory listing for "),
            page.links.allSatisfy({ page.container(of: $0) == .table || page.isAboveTable($0) }),
            page.isClosed, page.haveNames(in: .table), page.haveColumns
        else { return nil }
        return page.entries(in: .table)
    }
}

extension ListingOutline {
    /// `Up To [/path]` in the heading, or a link that leads up.
    fileprivate func isAboveTable(_ link: Link) -> Bool {
        text(of: link).trimmed.starts(with: "Up To ".utf8) || isUpward(link)
    }

    /// Whether each row shows a size or a time.
    fileprivate var haveColumns: Bool {
        rowLinks(in: .table).prefix(100).allSatisfy {
            let columns = ListedColumns(packed[self.columns(at: $0)])
            return columns.isDated || columns.size != nil
        }
    }
}
