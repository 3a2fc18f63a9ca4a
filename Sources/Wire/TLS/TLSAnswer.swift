/// The first record of a server that was greeted in TLS (RFC 5246 6.2).
package enum TLSAnswer: Hashable, Sendable {
    /// It goes on with the handshake; `version` as in its `ServerHello`, such as 0x0303.
    case hello(version: UInt16)
    /// It speaks TLS, and refuses: the alert's description (RFC 5246 7.2).
    case alert(UInt8)

    /// Why bytes are no TLS.
    package enum Fault: Error, Hashable, Sendable {
        case unfinished
        case notTLS
    }

    /// A record holds at most 2^14 bytes, and some more where it is protected.
    package static let maximumRecord = 16_384 + 2_048

    package init(parsing bytes: some Sequence<UInt8>) throws(Fault) {
        var reader = ByteReader(bytes.prefix(64))
        do {
            let type = try reader.readUInt8()
            guard type == 21 || type == 22 else { throw Fault.notTLS }
            let (major, minor) = (try reader.readUInt8(), try reader.readUInt8())
            guard major == 3, minor <= 4 else { throw Fault.notTLS }
            let length = Int(try reader.readUInt16())
            guard (2...Self.maximumRecord).contains(length) else { throw Fault.notTLS }
            let (first, second) = (try reader.readUInt8(), try reader.readUInt8())
            if type == 21 {
                guard first == 1 || first == 2, length == 2 else { throw Fault.notTLS }
                self = .alert(second)
                return
            }
            guard first == 2 else { throw Fault.notTLS }
            try reader.skip(2)
            self = .hello(version: try reader.readUInt16())
        } catch let fault as Fault {
            throw fault
        } catch {
            throw .unfinished
        }
    }

    /// The name of an alert where it is a common one, else its number.
    package static func name(ofAlert alert: UInt8) -> String {
        let names: [UInt8: String] = [
            0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 40: "handshake_failure",
            42: "bad_certificate", 47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied", 50: "decode_error",
            70: "protocol_version", 71: "insufficient_security", 80: "internal_error", 86: "inappropriate_fallback",
            109: "missing_extension", 112: "unrecognized_name", 116: "certificate_required",
            120: "no_application_protocol",
        ]
        return names[alert] ?? "\(alert)"
    }
}
