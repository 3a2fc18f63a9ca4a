package import Domain
import Foundation

/// A checkpoint in one line, to be published: `origin size root signature`, root and signature in base64.
///
/// It holds all of the signed note, which can be made from it again without this program.
package struct CheckpointLine: Hashable, Sendable {
    /// A longer line is none.
    static let longest = 1_024

    package let origin: String
    package let size: UInt64
    package let root: Digest
    private let signature: String

    /// Reads a line; nil when it is no checkpoint's. Whether anybody signed it is not looked at. Where a printer broke the
    /// line does not matter.
    package init?(_ text: String) {
        let fields = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard text.utf8.count <= Self.longest, fields.count == 4, let size = UInt64(fields[1]),
            String(size) == fields[1], let hash = Data(base64Encoded: fields[2]), let root = Digest(bytes: hash),
            hash.base64EncodedString() == fields[2], Data(base64Encoded: fields[3])?.count == 68
        else { return nil }
        (origin, self.size, self.root, signature) = (fields[0], size, root, fields[3])
    }

    /// The signed note that it stands for (C2SP signed-note).
    var note: String {
        "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n\n\u{2014} \(origin) \(signature)\n"
    }
}

extension CheckpointLine: CustomStringConvertible {
    package var description: String {
        "\(origin) \(size) \(Data(root.bytes).base64EncodedString()) \(signature)"
    }
}

extension Checkpoint {
    /// The checkpoint to be published; nil for one that nobody signed.
    package var line: CheckpointLine? {
        guard let signature = text.split(separator: "\n").last?.split(separator: " ").last,
            let line = CheckpointLine(
                "\(origin) \(size) \(Data(root.bytes).base64EncodedString()) \(signature)"
            ), line.note == text
        else { return nil }
        return line
    }
}
