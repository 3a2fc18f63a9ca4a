import Foundation

/// Sorts any number of lines by their bytes: as many as memory takes at a time, and what is sorted waits in files.
struct SortedLines {
    private let folder: String
    private let most: Int
    private var lines: [[UInt8]] = []
    private var size = 0
    private var files: [NewFile] = []

    /// Files are made in `folder`, which is taken away with all that is in it by whoever made it.
    init(in folder: String, most: Int = 32 << 20) {
        self.folder = folder
        self.most = most
    }

    mutating func add(_ line: [UInt8]) throws(VaultError) {
        lines.append(line)
        size += line.count + 32
        if size >= most { try spill() }
    }

    private mutating func spill() throws(VaultError) {
        let file = try NewFile("\(folder)/sorted-\(files.count)")
        for line in sorted() { try file.append(line + [0x0a]) }
        files.append(file)
        lines = []
        size = 0
    }

    private func sorted() -> [[UInt8]] { lines.sorted { $0.lexicographicallyPrecedes($1) } }

    /// Gives every line in order, without its line feed.
    mutating func finish(_ body: ([UInt8]) throws(VaultError) -> Void) throws(VaultError) {
        guard !files.isEmpty else {
            for line in sorted() { try body(line) }
            return
        }
        try spill()
        var readers: [LineReader] = []
        var heads: [[UInt8]?] = []
        for file in files {
            var reader = LineReader(try file.written(), longest: ProofLine.longest)
            heads.append(try reader.next())
            readers.append(reader)
        }
        while true {
            var least: Int?
            for (index, head) in heads.enumerated() {
                guard let head else { continue }
                if let known = least, let other = heads[known], !head.lexicographicallyPrecedes(other) { continue }
                least = index
            }
            guard let least, let line = heads[least] else { return }
            try body(line)
            heads[least] = try readers[least].next()
        }
    }
}
