import Domain
import Wire

/// Turns the folders that the checks saw listed into one door a tree.
struct Trees {
    let visit: Visit

    /// The highest folders from which everything is reached that the given ones reach.
    func doors(_ folders: [Findings.Folder]) async throws(DoorsError) -> [Findings.Folder] {
        var tops: [Findings.Folder] = []
        for folder in folders.sorted(by: Self.isHigher) {
            var isReached = false
            for top in tops where !isReached { isReached = try await reaches(top.address, folder.address) }
            if isReached { continue }
            tops.append(try await climb(folder))
        }
        return try await withoutReached(tops)
    }

    private static func isHigher(_ left: Findings.Folder, _ right: Findings.Folder) -> Bool {
        let (first, second) = (left.address.target, right.address.target)
        if first.count != second.count { return first.count < second.count }
        return (first, left.kind == .dataFolder ? 0 : 1) < (second, right.kind == .dataFolder ? 0 : 1)
    }

    /// Goes up as long as the folder above is listed, and shows the way back.
    private func climb(_ folder: Findings.Folder) async throws(DoorsError) -> Findings.Folder {
        var top = folder
        while let above = Survey.folders(of: top.address.path).dropFirst().first ?? top.address.rootIfBelow,
            let page = try await visit.get(path: above), let listing = page.listing,
            listing.rows.contains(where: { $0.target == top.address.target })
        {
            top.address = page.address
        }
        return top
    }

    private func withoutReached(_ tops: [Findings.Folder]) async throws(DoorsError) -> [Findings.Folder] {
        var kept: [Findings.Folder] = []
        for top in tops.sorted(by: Self.isHigher) {
            var isReached = false
            for other in kept where !isReached { isReached = try await reaches(other.address, top.address) }
            if !isReached { kept.append(top) }
        }
        return kept
    }

    /// Whether every folder from `top` down to `bottom` is listed and shows the next.
    private func reaches(_ top: WebAddress, _ bottom: WebAddress) async throws(DoorsError) -> Bool {
        guard bottom.target.hasPrefix(top.target) else { return false }
        var place = top
        while place.target != bottom.target {
            guard let listing = try await visit.get(place)?.listing,
                let next = listing.rows.first(where: { $0.isFolder && bottom.target.hasPrefix($0.target) })
            else { return false }
            place.target = next.target
        }
        return true
    }
}

extension WebAddress {
    fileprivate var rootIfBelow: String? { path == "/" ? nil : "/" }
}
