package import Domain

/// The tag files of a bag (BagIt 1.0, RFC 8493). Paths hold no percent sign and no line end, so none needs escaping.
enum BagFiles {
    static let payload = "data/"
    static let declaration = "bagit.txt"
    static let info = "bag-info.txt"
    static let manifest = "manifest-sha256.txt"
    static let tagManifest = "tagmanifest-sha256.txt"

    static let declarationText = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

    /// The manifest of the tags, from their SHA-256.
    static func tagManifest(declaration: Digest, info: Digest, manifest: Digest) -> String {
        "\(info)  \(self.info)\n\(declaration)  \(self.declaration)\n\(manifest)  \(self.manifest)\n"
    }
}

extension BundleDraft {
    /// Writes the tags of a bag around a payload that is whole. Returns the SHA-256 of the payload's SHA256SUMS.
    package func writeBag(info: [(name: String, value: String)]) throws(VaultError) -> Digest {
        let digest = try seal()
        let manifest = try makeTag(BagFiles.manifest)
        try visitListed { (digest, path) throws(VaultError) in
            try manifest.append("\(digest)  \(BagFiles.payload)\(path)\n")
        }
        try manifest.append("\(digest)  \(BagFiles.payload)\(Self.sumsName)\n")
        let oxum = "Payload-Oxum: \(bytes + sumsLength).\(files + 1)\n"
        let lines = Array((info.map { "\($0.name): \($0.value)\n" }.joined() + oxum).utf8)
        let declaration = Array(BagFiles.declarationText.utf8)
        try writeTag(declaration, to: BagFiles.declaration)
        try writeTag(lines, to: BagFiles.info)
        let tags = BagFiles.tagManifest(
            declaration: Digest(of: declaration),
            info: Digest(of: lines),
            manifest: try manifest.finish()
        )
        try writeTag(Array(tags.utf8), to: BagFiles.tagManifest)
        return digest
    }
}
