import CMagic
import Domain
import Glibc

/// Tells what a file is by its content: own signatures first, for what libmagic does not know, then libmagic.
final class TypeDetector {
    private let cookie: magic_t
    let tool: Tool
    private let own = Tool(name: "ajar signatures", version: ajarVersion)

    /// Loads libmagic's rules, which takes the disk, so before confinement.
    init() throws {
        guard let cookie = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF) else {
            throw ReadError("libmagic could not start")
        }
        self.cookie = cookie
        tool = Tool(name: "libmagic", version: "\(magic_version() / 100).\(magic_version() % 100)")
        guard magic_load(cookie, nil) == 0 else { throw ReadError("libmagic found no rules") }
        // Bounds for the rules that search: recursion and regular expressions on an attacker's bytes.
        for (parameter, value) in [
            (MAGIC_PARAM_INDIR_MAX, 15), (MAGIC_PARAM_REGEX_MAX, 4096), (MAGIC_PARAM_BYTES_MAX, 1 << 20),
        ] {
            var value = value
            magic_setparam(cookie, parameter, &value)
        }
    }

    deinit {
        magic_close(cookie)
    }

    func detect(_ file: HeldFile) -> DetectedType {
        if file.count == 0 { return DetectedType(mime: "application/x-empty", label: "empty", tool: own) }
        if let signature = signatures.first(where: { $0.matches(file) }) {
            return DetectedType(mime: signature.mime, label: signature.label, tool: own)
        }
        let mime = ask(file, flags: MAGIC_MIME_TYPE)
        let label = ask(file, flags: MAGIC_NONE)
        if Targa(file) != nil, !mime.hasPrefix("image/") || mime == "image/x-tga" {
            return DetectedType(mime: "image/x-tga", label: "Truevision TGA picture", tool: own)
        }
        // A rule of libmagic's for DOS programs without a header takes Korean text for one.
        if mime == "application/x-dosexec", !file.starts(with: Array("MZ".utf8)), TextReader.looksLikeText(file) {
            return DetectedType(mime: "text/plain", label: "text in an older encoding", tool: own)
        }
        if let container = containers[mime] {
            return DetectedType(mime: mime, label: container, tool: tool)
        }
        return DetectedType(mime: mime, label: String(label.prefix(200)), tool: tool)
    }

    private func ask(_ file: HeldFile, flags: Int32) -> String {
        magic_setflags(cookie, flags | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF)
        return file.withBytes { bytes in
            guard let answer = magic_buffer(cookie, bytes.baseAddress, bytes.count) else {
                return "application/octet-stream"
            }
            return String(cString: answer)
        }
    }
}

/// Formats that say only how something is packed, not what it is.
private let containers = [
    "application/x-ole-storage": "OLE container only: old FLA, Word or Excel; not told apart",
    "application/CDFV2": "OLE container only: old FLA, Word or Excel; not told apart",
    "application/zip": "ZIP container only",
]
