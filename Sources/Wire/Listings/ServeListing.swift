/// The npm package serve (seen: 14.2): `Files within path/`, and a list of names.
package struct ServeListing: ListingFormat {
    package let name = "serve"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.outline, ListingOutline.begins(page.title, with: "files within "),
            ListingOutline.begins(page.heading, with: "index of"), page.divisions.contains("#files"),
            page.haveNames(in: .list)
        else { return nil }
        return page.entries(in: .list) { $0.signs.contains(.folder) ? .folder : .bySlash }
    }
}
