import Domain
import Foundation

/// Writes a place database in MaxMind's format for tests: IPv4, records of 24 bits, written after the published
/// specification (MaxMind DB File Format 2.0).
struct SmallPlaceDatabase {
    indirect enum Value {
        case text(String)
        case double(Double)
        case short(UInt16)
        case word(UInt32)
        case number(UInt64)
        case map([(String, Value)])
        case list([Value])
    }

    var type = "Test-City"
    var built = Day(year: 2023, month: 4, day: 1)?.start.seconds ?? 0
    var places: [(CIDR, Value)] = []

    func bytes() -> [UInt8] {
        // Node 0 is the root; a record is a node, or -1 for nothing, or -2 - n for place n.
        var nodes: [(left: Int, right: Int)] = [(-1, -1)]
        for (index, (block, _)) in places.enumerated() {
            var node = 0
            for bit in 0..<block.prefixLength {
                let isRight = block.base.value >> UInt128(31 - bit) & 1 == 1
                let isLast = bit == block.prefixLength - 1
                let next = isLast ? -2 - index : isRight ? nodes[node].right : nodes[node].left
                let target = next == -1 ? nodes.count : next
                if next == -1 { nodes.append((-1, -1)) }
                if isRight { nodes[node].right = target } else { nodes[node].left = target }
                node = max(target, 0)
            }
        }
        var data: [UInt8] = []
        var offsets: [Int] = []
        for (_, value) in places {
            offsets.append(data.count)
            encode(value, &data)
        }
        let record = { (target: Int) -> [UInt8] in
            let number = target >= 0 ? target : target == -1 ? nodes.count : nodes.count + 16 + offsets[-2 - target]
            return [UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)]
        }
        var file = nodes.flatMap { record($0.left) + record($0.right) }
        file += Array(repeating: 0, count: 16) + data + [0xab, 0xcd, 0xef] + Array("MaxMind.com".utf8)
        encode(metadata(nodes.count), &file)
        return file
    }

    private func metadata(_ nodes: Int) -> Value {
        .map([
            ("node_count", .word(UInt32(nodes))), ("record_size", .short(24)), ("ip_version", .short(4)),
            ("database_type", .text(type)), ("languages", .list([.text("en")])),
            ("binary_format_major_version", .short(2)), ("binary_format_minor_version", .short(0)),
            ("build_epoch", .number(UInt64(built))), ("description", .map([("en", .text("for tests"))])),
        ])
    }

    private func encode(_ value: Value, _ bytes: inout [UInt8]) {
        switch value {
        case .text(let text):
            bytes.append(UInt8(2 << 5 | text.utf8.count))
            bytes += Array(text.utf8)
        case .double(let double):
            bytes.append(3 << 5 | 8)
            bytes += (0..<8).reversed().map { UInt8(double.bitPattern >> UInt64($0 * 8) & 255) }
        case .short(let number): bytes += [5 << 5 | 2, UInt8(number >> 8), UInt8(number & 255)]
        case .word(let number):
            bytes += [6 << 5 | 4] + (0..<4).reversed().map { UInt8(number >> UInt32($0 * 8) & 255) }
        case .number(let number):
            // An unsigned number of 64 bits is extended type 9.
            bytes += [8, 2] + (0..<8).reversed().map { UInt8(number >> UInt64($0 * 8) & 255) }
        case .map(let pairs):
            bytes.append(UInt8(7 << 5 | pairs.count))
            for (key, value) in pairs {
                encode(.text(key), &bytes)
                encode(value, &bytes)
            }
        case .list(let values):
            bytes += [UInt8(values.count), 4]
            for value in values { encode(value, &bytes) }
        }
    }
}

extension SmallPlaceDatabase {
    /// One block, in the layout that DB-IP and GeoLite2 share.
    static func city(_ block: String, _ country: String, _ city: String, radius: UInt16?) -> SmallPlaceDatabase {
        var location: [(String, Value)] = [("latitude", .double(38.9)), ("longitude", .double(121.6))]
        if let radius { location.append(("accuracy_radius", .short(radius))) }
        let place = Value.map([
            ("country", .map([("iso_code", .text(country))])), ("city", .map([("names", .map([("en", .text(city))]))])),
            ("location", .map(location)),
        ])
        return SmallPlaceDatabase(places: CIDR(block).map { [($0, place)] } ?? [])
    }
}
