/// The API of AList and OpenList, `/api/fs/list` (seen: 3.x): `data.content`, of which a page may be a part.
package struct AListListing: ListingFormat {
    package let name = "alist"

    package init() {}

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.document, page.form == .json, page.members.isSuperset(of: ["code", "message", "data"]),
            page.word(.code) == "200", let total = page.word(.total).flatMap({ Int($0) })
        else { return nil }
        let entries = page.entries { record in
            guard let name = page.bytes(.name, of: record), let isFolder = page.isTrue(.isDirectory, of: record) else {
                return nil
            }
            return .init(
                reference: ListingDocument.reference(naming: name, isFolder: isFolder),
                isFolder: isFolder,
                size: isFolder ? nil : page.size(.size, of: record),
                time: page.time(.modified, of: record),
                mark: page.bytes(.sign, of: record)
            )
        } passing: {
            page.place(of: $0) != "content"
        }
        guard var entries else { return nil }
        entries.marks = .handles
        entries.total = total
        // Which part this is, the page does not say.
        entries.isPart = entries.count < total
        if entries.isPart, !entries.isEmpty { entries.continuation = .nextNumber }
        return entries
    }
}
