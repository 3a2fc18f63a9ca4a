import CAV
import Domain

/// The texts that libav finds beside the pixels, and the dates among them.
enum Metadata {
    /// Pairs beyond this number are not looked at; each value is cut at 500 characters.
    static let limit = 200

    static func texts(_ dictionary: OpaquePointer?) -> [(key: String, value: String)] {
        var texts: [(key: String, value: String)] = []
        var entry: UnsafeMutablePointer<AVDictionaryEntry>?
        while texts.count < limit, let next = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX) {
            entry = next
            let value = String(cString: next.pointee.value)
            texts.append((String(String(cString: next.pointee.key).prefix(100)), String(value.prefix(500))))
        }
        return texts
    }

    /// Fields that say when: the name becomes the reading's place.
    static func readings(_ texts: [(key: String, value: String)], tool: Tool) -> [Reading] {
        texts.compactMap { key, value in
            let lowered = key.lowercased()
            if lowered.contains("date") || lowered.contains("creation") || lowered == "creation time" {
                guard let date = isoDate(value) else { return nil }
                return Reading(predicate: "date", value: date, place: key, tool: tool)
            }
            let kept = ["make", "model", "software", "artist", "title", "author", "comment", "description", "encoder"]
            guard kept.contains(lowered.split(separator: ".").last.map(String.init) ?? lowered), !value.isEmpty else {
                return nil
            }
            return Reading(predicate: "metadata", value: value, place: key, tool: tool)
        }
    }

    /// EXIF's `2024:01:15 09:30:00` and ISO 8601 forms, as ISO 8601; a zone is kept where one is given, never invented.
    static func isoDate(_ text: String) -> String? {
        var bytes = Array(text.utf8.prefix(40))
        while let last = bytes.last, last == 0x20 || last == 0 { bytes.removeLast() }
        guard bytes.count >= 10 else { return nil }
        let day = String(decoding: bytes[..<10], as: UTF8.self)
        let parts = day.split(whereSeparator: { ":-/.".contains($0) })
        guard parts.map(\.count) == [4, 2, 2] else { return nil }
        let iso = parts.joined(separator: "-")
        guard Day(iso) != nil, Day(iso) != Day("1904-01-01") else { return nil }
        guard bytes.count >= 19, bytes[10] == 0x20 || bytes[10] == UInt8(ascii: "T") else { return iso }
        let clock = String(decoding: bytes[11..<19], as: UTF8.self)
        guard Timestamp("\(iso)T\(clock)Z") != nil else { return iso }
        let rest = String(decoding: bytes[19...], as: UTF8.self)
        let zone = rest.drop { $0 == "." || $0.isNumber }
        return "\(iso)T\(clock)\(zone.allSatisfy { "Z+-:0123456789".contains($0) } ? String(zone) : "")"
    }
}
