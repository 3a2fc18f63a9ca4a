import Domain

extension ListingOutline {
    /// Links that are looked at for the way to the next part, at the page's start and at its end.
    private static let soughtLinks = 512

    /// The link to the next part of a listing that comes in numbered pages: the same question as the page's own, with the
    /// lowest number above its own. The words of the link do not count: they are in any language.
    func nextPart(of address: WebAddress) -> [UInt8]? {
        let own = FolderQuery.page(of: address.target, beside: address.target)
        var best: (number: UInt64, reference: [UInt8])?
        for link in Set(links.indices.prefix(Self.soughtLinks)).union(links.indices.suffix(Self.soughtLinks)).sorted() {
            let reference = reference(of: links[link])
            guard reference.count <= 4_096, reference.contains(UInt8(ascii: "?")),
                let found = address.resolving(reference), found.hasSameOrigin(as: address),
                let number = FolderQuery.page(of: found.target, beside: address.target), number > own ?? 1,
                number < best?.number ?? .max
            else { continue }
            best = (number, Array(reference))
        }
        return best?.reference
    }
}
