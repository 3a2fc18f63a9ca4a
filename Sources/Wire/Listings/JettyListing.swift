/// The resource service of Jetty (seen: 9.4): `Directory: /path/`, and a table of name, last modified and size.
package struct JettyListing: ListingFormat {
    package let name = "jetty"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, ListingOutline.begins(page.title, with: "directory: /"),
            ListingOutline.begins(page.heading, with: "directory: /"),
            page.divisions.contains("listing") || page.links.allSatisfy({ page.container(of: $0) == .table }),
            page.haveNames(in: .table), page.haveTimes(in: .table)
        else { return nil }
        return page.entries(in: .table)
    }
}
