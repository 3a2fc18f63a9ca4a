import Domain
import Foundation

/// The states that one was read from: a whole one, and what changed since.
struct StateOrigin: Hashable, Sendable {
    /// The last of them.
    var last: Digest
    /// How many say only what changed.
    var depth = 0
    /// The bytes of the whole one, and of the others together.
    var whole: UInt64 = 0
    var changed: UInt64 = 0
}

/// A source's state as it is sealed: JSON Lines, of which the first says what they are.
///
/// In the first form a state has one ``KnownEntry`` a line, sorted by path. In the second it may name the state before and
/// hold only what differs: lines with an `entry`, and lines with a `seen` folder, whose look showed everything else in it as it
/// was known. So a day without changes costs a line a folder. The digest of the lines is the outcome's `state`, and the next
/// job's `previous`.
struct StateLines {
    struct Header: Codable {
        var form: String
        var base: WebAddress
        var run: RunID
        /// The state that these lines change; nil where they are all there is.
        var previous: Digest?
        /// How many states lie below this one, how long the lowest is, and how long those between are together.
        var depth: Int?
        var whole: UInt64?
        var changed: UInt64?
    }

    struct Line: Codable {
        var entry: KnownEntry?
        var seen: FolderSeen?
    }

    static let firstForm = "ajar collect state 1"
    static let form = "ajar collect state 2"
    /// The longest line that is read; a name has at most 8 KiB, three times that when escaped.
    static let longestLine = 256 * 1024
    /// States that say only what changed, on top of one another.
    static let deepest = 30
    /// About how many bytes are made at one time.
    private static let block = 1 << 18

    private let state: SourceState
    private let isWhole: Bool
    private let encoder = JSONEncoder()
    private var waiting: [EntryTree.ID] = [.base]
    private var head: [UInt8]

    init(of state: SourceState, at source: Source, after run: RunID) throws {
        self.state = state
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var header = Header(form: Self.form, base: source.base, run: run)
        // As soon as what changed is half of what there is, the whole is written anew.
        if let origin = state.origin, origin.depth < Self.deepest, origin.changed * 2 < origin.whole {
            header.previous = origin.last
            (header.depth, header.whole, header.changed) = (origin.depth + 1, origin.whole, origin.changed)
        }
        isWhole = header.previous == nil
        head = try encoder.encode(header) + [UInt8(ascii: "\n")]
    }

    /// The next lines; nil behind the last.
    mutating func next() throws -> [UInt8]? {
        var lines = head
        head = []
        while lines.count < Self.block, let place = waiting.popLast() {
            waiting += state.tree.sorted(state.tree.children(of: place)).reversed()
            for line in self.lines(of: place) {
                lines += try encoder.encode(line)
                lines.append(UInt8(ascii: "\n"))
            }
        }
        return lines.isEmpty ? nil : lines
    }

    private func lines(of place: EntryTree.ID) -> [Line] {
        let (tree, flags) = (state.tree, state.tree[flags: place])
        guard !tree.known(at: place).isEmpty else { return [] }
        if isWhole { return [Line(entry: state.entry(at: place))] }
        var lines: [Line] = []
        if flags.contains(.changed) || (!flags.contains(.looked) && isSeenOtherwise(place)) {
            lines.append(Line(entry: state.entry(at: place)))
        }
        if flags.contains(.looked), let folder = state.entry(at: place) {
            let isWhole = folder.looked == folder.seen
            lines.append(Line(seen: FolderSeen(folder: folder.path, began: folder.seen, isWhole: isWhole)))
        }
        return lines
    }

    /// Whether the entry was not seen when the line of its folder says so.
    private func isSeenOtherwise(_ place: EntryTree.ID) -> Bool {
        let tree = state.tree
        guard let folder = tree.folder(of: place), tree[flags: folder].contains(.looked),
            PackedEntry.isLive(tree.known(at: place))
        else { return tree[flags: place].contains(.touched) }
        return tree[seen: place] != tree[seen: folder]
    }
}
