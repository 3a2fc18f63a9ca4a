/// `python3 -m http.server` (seen: 3.11), and what is built on it: a list of bare names.
package struct PythonListing: ListingFormat {
    package let name = "python"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, ListingOutline.begins(page.title, with: "directory listing for /"),
            ListingOutline.begins(page.heading, with: "directory listing for /"), page.divisions.isEmpty,
            page.links.allSatisfy({ page.container(of: $0) == .list }), page.isClosed, page.haveNames(in: .list)
        else { return nil }
        return page.entries(in: .list)
    }
}
