/// The API of KodExplorer and KodBox, `explorer/pathList` and `explorer/list/path`: folders and files in two arrays.
package struct KodExplorerListing: ListingFormat {
    package let name = "kodexplorer"

    package init() {}

    private static let folders: Set<String> = ["folderList", "folderlist"]
    private static let files: Set<String> = ["fileList", "filelist"]

    package func entries(of page: ListingPage) -> ListedEntries? {
        guard let page = page.document, page.form == .json, page.members.isSuperset(of: ["code", "data"]),
            page.word(.code) == "true"
        else { return nil }
        let places = Set(page.records.map { page.place(of: $0) })
        guard !places.isDisjoint(with: Self.folders.union(Self.files)) else { return nil }
        let entries = page.entries { record in
            guard let name = page.bytes(.name, of: record) else { return nil }
            let isFolder = Self.folders.contains(page.place(of: record))
            return .init(
                reference: ListingDocument.reference(naming: name, isFolder: isFolder),
                isFolder: isFolder,
                size: isFolder ? nil : page.size(.size, of: record),
                time: page.epoch(.mtime, of: record) ?? page.epoch(.modifyTime, of: record),
                mark: page.bytes(.path, of: record)
            )
        } passing: {
            !Self.folders.union(Self.files).contains(page.place(of: $0))
        }
        guard var entries else { return nil }
        entries.marks = .handles
        return entries
    }
}
