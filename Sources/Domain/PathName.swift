/// A name as a server gave it: bytes, in no known encoding, never used as a path on this machine.
///
/// JSON and the catalogue hold it percent-encoded, so that every byte survives.
package struct PathName: Hashable, Sendable {
    package var bytes: [UInt8]

    package init(bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// Undoes percent-encoding once. An escape that is none stays as it stands.
    package init(percentEncoded text: some StringProtocol) {
        let source = Array(text.utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
                let byte = UInt8(String(decoding: source[index + 1...index + 2], as: UTF8.self), radix: 16),
                source[index + 1] != UInt8(ascii: "+")
            {
                bytes.append(byte)
                index += 3
            } else {
                bytes.append(source[index])
                index += 1
            }
        }
        self.bytes = bytes
    }

    /// The parts between slashes.
    package var components: [PathName] {
        bytes.split(separator: UInt8(ascii: "/")).map(PathName.init(bytes:))
    }

    /// What follows the last slash.
    package var lastComponent: PathName { components.last ?? self }

    /// The name for people: UTF-8 where it is valid, and every control, direction mark and stray byte made visible.
    ///
    /// Names in another encoding read as escapes here; ``Identify`` guesses encodings, and says that it guessed.
    package var display: String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return bytes.map { (0x20...0x7e).contains($0) ? String(UnicodeScalar($0)) : "\\x" + Self.hex($0) }.joined()
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.flatMap(\.visible)))
    }

    private static func hex(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}

extension UnicodeScalar {
    /// The scalar, or a visible escape where showing it could mislead a reader or a terminal.
    fileprivate var visible: [UnicodeScalar] {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator:
            Array("\\u{\(String(value, radix: 16))}".unicodeScalars)
        default: [self]
        }
    }
}

extension PathName: Comparable {
    package static func < (left: Self, right: Self) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}

extension PathName: LosslessStringConvertible {
    package init(_ description: String) {
        self.init(percentEncoded: description)
    }

    /// Percent-encoded: letters, digits and `-._~/` stand for themselves.
    package var description: String {
        var text = ""
        for byte in bytes {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x2f, 0x5f, 0x7e:
                text.unicodeScalars.append(UnicodeScalar(byte))
            default: text += "%" + Self.hex(byte).uppercased()
            }
        }
        return text
    }
}

extension PathName: Codable {
    package init(from decoder: any Decoder) throws {
        self = try decoder.decodeText("a percent-encoded name")
    }

    package func encode(to encoder: any Encoder) throws {
        try encoder.encodeText(self)
    }
}

extension String {
    /// A stranger's text with what could mislead made visible, as ``PathName/display`` has it.
    package var shown: String { PathName(bytes: utf8).display }
}
