package import Domain
import Foundation
import Glibc

/// A bundle in the making: files under a name of its own beside its place, until it is whole.
///
/// Every file below `payload` is listed in the SHA256SUMS there, in the form of `sha256sum`.
package final class BundleDraft {
    static let sumsName = "SHA256SUMS"

    private let output: String
    private let temporary: Folder
    private let payload: String
    private let sums: NewFile
    /// As bytes: two spellings of one word are two folders here, and equal as text.
    private var folders: Set<[UInt8]> = []
    /// Files of the payload, and their bytes.
    package private(set) var files: UInt64 = 0
    package private(set) var bytes: UInt64 = 0

    /// Begins a bundle that will be `output`; there must be nothing there, or an empty folder. Everything that is listed
    /// comes below `payload`, which is empty or ends in a slash.
    package init(output: String, payload: String = "") throws(VaultError) {
        guard Self.isVacant(output) else {
            throw VaultError(.exists, "write a bundle where there is something already", path: output)
        }
        let parent = Folder(output.splitLast.folder)
        self.output = output
        self.payload = payload
        temporary = parent.folder(".ajar-\(UInt64.random(in: 0 ... .max))\(Folder.temporarySuffix)")
        try parent.make()
        try Self.makeFolder(temporary.path)
        if !payload.isEmpty { try Self.makeFolder(temporary.path(String(payload.dropLast()))) }
        sums = try NewFile(temporary.path(payload + Self.sumsName))
    }

    private static func isVacant(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else { return errno == ENOENT }
        // Only an empty folder can be taken away so.
        return status.st_mode & S_IFMT == S_IFDIR && ((try? Folder(path).names().isEmpty) ?? false)
    }

    private static func makeFolder(_ path: String) throws(VaultError) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw VaultError.last("make folder", path) }
    }

    // MARK: Files

    /// Begins a file of the payload.
    package func make(_ path: String) throws(VaultError) -> NewFile {
        try makeFolders(above: payload + path)
        return try NewFile(temporary.path(payload + path))
    }

    /// Ends a file of the payload, and lists it.
    @discardableResult
    package func close(_ file: NewFile, as path: String) throws(VaultError) -> Digest {
        let digest = try file.finish()
        try sums.append("\(digest)  \(path)\n")
        files += 1
        bytes += file.length
        return digest
    }

    /// Takes a file away that was begun.
    package func drop(_ path: String) throws(VaultError) { try temporary.remove(payload + path) }

    /// Writes a whole file of the payload.
    package func write(_ bytes: [UInt8], to path: String) throws(VaultError) {
        let file = try make(path)
        try file.append(bytes)
        try close(file, as: path)
    }

    /// Writes a file beside the payload, which is not listed.
    package func writeTag(_ bytes: [UInt8], to path: String) throws(VaultError) {
        let file = try NewFile(temporary.path(path))
        try file.append(bytes)
        _ = try file.finish()
    }

    /// Begins a file beside the payload.
    package func makeTag(_ path: String) throws(VaultError) -> NewFile { try NewFile(temporary.path(path)) }

    /// Where a file beside the payload lies while the bundle is made; the folder for an empty name.
    func workPath(_ name: String) -> String { name.isEmpty ? temporary.path : temporary.path(name) }

    /// The items of a tree that was written, in order.
    package func visitRows(_ body: (BundleRow) throws(VaultError) -> Void) throws(VaultError) {
        var lines = LineReader(try FileSpan(temporary.path(payload + BundleLayout.proofs)), longest: ProofLine.longest)
        while let bytes = try lines.next() {
            guard let line = ProofLine(bytes) else { throw VaultError(.damaged, "read what was written", path: output) }
            try body(BundleRow(line, try Leaf(Array(line.entry.utf8), number: line.leaf)))
        }
    }

    /// What is listed so far, line by line: a SHA-256 and a path.
    package func visitListed(_ body: (Digest, String) throws(VaultError) -> Void) throws(VaultError) {
        var lines = LineReader(try sums.written(), longest: SumLine.longest)
        while let line = try lines.next() {
            guard let sum = SumLine(line) else { throw VaultError(.damaged, "read what was listed", path: output) }
            try body(sum.digest, sum.path)
        }
    }

    private func makeFolders(above path: String) throws(VaultError) {
        let folder = path.splitLast.folder
        guard folder != ".", folders.insert(Array(folder.utf8)).inserted else { return }
        try makeFolders(above: folder)
        try Self.makeFolder(temporary.path(folder))
    }

    // MARK: The end

    /// The SHA-256 of SHA256SUMS, which stands for everything that is listed. Nothing may be added behind it.
    package func seal() throws(VaultError) -> Digest { try sums.finish() }

    /// The length of SHA256SUMS itself.
    var sumsLength: UInt64 { sums.length }

    /// Makes all of it durable and puts it in its place at once: the folder, or one file of it.
    package func finish(as file: String? = nil) throws(VaultError) {
        _ = try sums.finish()
        // One for all files: to wait for each would take minutes.
        sync()
        let made = file.map { temporary.path($0) } ?? temporary.path
        guard Self.isVacant(output) else {
            throw VaultError(.exists, "put a bundle where there is something already", path: output)
        }
        if file != nil { rmdir(output) }
        guard rename(made, output) == 0 else { throw VaultError.last("put in place", output) }
        try Folder(output.splitLast.folder).sync()
        if file != nil { try discard() }
    }

    /// Takes everything away that was written.
    package func discard() throws(VaultError) {
        do { try FileManager.default.removeItem(atPath: temporary.path) } catch {
            let attempted = "remove what is left of a bundle: \(error.localizedDescription)"
            throw VaultError(.system(EIO), attempted, path: temporary.path)
        }
    }
}

/// A line of `sha256sum`: 64 lower-case hexadecimal digits, two spaces, and a path.
struct SumLine {
    static let longest = 8_192

    let digest: Digest
    let path: String

    /// Nil for what `sha256sum` would write otherwise, and for paths that lead out of the folder.
    init?(_ line: [UInt8]) {
        guard line.count > 66, line[64] == 0x20, line[65] == 0x20, line.count <= Self.longest,
            let digest = Digest(String(decoding: line[..<64], as: UTF8.self)),
            let path = String(validating: line[66...], as: UTF8.self)
        else { return nil }
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard !parts.contains(where: { $0.isEmpty || $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) }),
            "\(digest)  \(path)".utf8.elementsEqual(line)
        else { return nil }
        self.digest = digest
        self.path = path
    }
}
