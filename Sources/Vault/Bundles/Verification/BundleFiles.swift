import Glibc

/// The files of a bundle of any form, by the names that they have below its payload.
enum BundleFiles {
    case folder(Folder)
    case archive(UnpackedArchive)

    /// Throws `missing` for what is no bundle.
    init(_ path: String) throws(VaultError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw VaultError.last("open a bundle", path) }
        if status.st_mode & S_IFMT == S_IFREG {
            self = .archive(try UnpackedArchive(path))
            return
        }
        let folder = Folder(path)
        let isBag = folder.has(BagFiles.declaration)
        self = .folder(isBag ? Folder(folder.path(String(BagFiles.payload.dropLast()))) : folder)
        guard status.st_mode & S_IFMT == S_IFDIR, self.has(BundleLayout.proofs) else {
            throw VaultError(.missing, "find a bundle", path: path)
        }
    }

    private func has(_ name: String) -> Bool {
        guard case .folder(let folder) = self else { return false }
        return folder.folder(name.splitLast.folder).has(name.splitLast.name)
    }

    /// Throws `missing` where there is no such file.
    func file(_ name: String) throws(VaultError) -> FileSpan {
        switch self {
        case .folder(let folder): return try FileSpan(folder.path(name))
        case .archive(let archive):
            guard let span = archive[name] else { throw VaultError(.missing, "find \(name) in the archive") }
            return span
        }
    }

    /// What a line of proofs names. Only names that a bundle gives to such files lead anywhere.
    func locked(_ part: ProofLine.Part, of leaf: UInt64) throws(VaultError) -> FileSpan {
        switch self {
        case .folder:
            let name = "\(BundleLayout.locked)/\(leaf)"
            guard part == ProofLine.Part(file: name) else { break }
            return try file(name)
        case .archive:
            let all = try file(WACZLayout.locked)
            guard part.file == WACZLayout.locked, let offset = part.offset, let length = part.length,
                offset <= all.length, length <= all.length - offset
            else { break }
            return FileSpan(file: all.file, offset: all.offset + offset, length: length)
        }
        throw VaultError(.damaged, "find what the bundle has encrypted of leaf \(leaf)")
    }
}
