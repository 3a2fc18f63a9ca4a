import CMaxMind
package import Domain
import Glibc

/// A place database in MaxMind's format (DB-IP and GeoLite2 City among others), read through libmaxminddb.
///
/// The file is the operator's; the library checks its offsets, and strings are taken by their stated length.
package final class PlaceDatabase {
    private let handle: UnsafeMutablePointer<MMDB_s>
    private let path: String

    package init(path: String) throws(TraceError) {
        // Stored only when open: a throwing initialiser whose properties are all set runs deinit, and the library
        // has closed already what it could not open.
        let opened = UnsafeMutablePointer<MMDB_s>.allocate(capacity: 1)
        opened.initialize(to: MMDB_s())
        let status = MMDB_open(path, UInt32(MMDB_MODE_MMAP), opened)
        guard status == MMDB_SUCCESS else {
            opened.deallocate()
            throw TraceError(.badDatabase, "no place database: \(String(cString: MMDB_strerror(status)))", at: path)
        }
        handle = opened
        self.path = path
    }

    deinit {
        MMDB_close(handle)
        handle.deallocate()
    }

    /// Such as `DBIP-City-Lite`.
    package var type: String { String(cString: handle.pointee.metadata.database_type) }

    /// The day the database was built, in UTC.
    package var built: Day { Timestamp(seconds: Int64(clamping: handle.pointee.metadata.build_epoch)).day }

    /// Where the database says that `address` is; nil where it says nothing.
    package func place(of address: IPAddress, source: String) throws(TraceError) -> PlaceOpinion? {
        var status: Int32 = MMDB_SUCCESS
        var result = lookUp(address, &status)
        // An IPv4 database knows no IPv6 address; that is no fault.
        if status == MMDB_IPV6_LOOKUP_IN_IPV4_DATABASE_ERROR { return nil }
        guard status == MMDB_SUCCESS else {
            throw TraceError(.badDatabase, "damaged: \(String(cString: MMDB_strerror(status)))", at: path)
        }
        guard result.found_entry else { return nil }
        let opinion = PlaceOpinion(
            country: text(&result.entry, ["country", "iso_code"]),
            city: text(&result.entry, ["city", "names", "en"]),
            latitude: number(&result.entry, ["location", "latitude"], in: -90...90),
            longitude: number(&result.entry, ["location", "longitude"], in: -180...180),
            // Half the way around the Earth, in kilometres, is no accuracy at all, and more is a fault of the file.
            radius: number(&result.entry, ["location", "accuracy_radius"], in: 0...20_040),
            source: source
        )
        return opinion.country == nil && opinion.city == nil && opinion.latitude == nil ? nil : opinion
    }

    private func lookUp(_ address: IPAddress, _ status: inout Int32) -> MMDB_lookup_result_s {
        switch address.family {
        case .v4:
            var socket = sockaddr_in()
            socket.sin_family = sa_family_t(AF_INET)
            socket.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.value).bigEndian
            return withUnsafeBytes(of: &socket) { raw in
                MMDB_lookup_sockaddr(handle, raw.baseAddress?.assumingMemoryBound(to: sockaddr.self), &status)
            }
        case .v6:
            var socket = sockaddr_in6()
            socket.sin6_family = sa_family_t(AF_INET6)
            withUnsafeMutableBytes(of: &socket.sin6_addr) { $0.copyBytes(from: address.bytes) }
            return withUnsafeBytes(of: &socket) { raw in
                MMDB_lookup_sockaddr(handle, raw.baseAddress?.assumingMemoryBound(to: sockaddr.self), &status)
            }
        }
    }

    private func value(_ entry: inout MMDB_entry_s, _ keys: [String]) -> MMDB_entry_data_s? {
        var pointers: [UnsafePointer<CChar>?] = keys.map { UnsafePointer(strdup($0)) }
        defer { for pointer in pointers { free(UnsafeMutablePointer(mutating: pointer)) } }
        pointers.append(nil)
        var data = MMDB_entry_data_s()
        guard MMDB_aget_value(&entry, &data, &pointers) == MMDB_SUCCESS, data.has_data else { return nil }
        return data
    }

    private func text(_ entry: inout MMDB_entry_s, _ keys: [String]) -> String? {
        guard let data = value(&entry, keys), data.type == UInt32(MMDB_DATA_TYPE_UTF8_STRING), data.data_size > 0,
            let start = data.utf8_string
        else { return nil }
        let bytes = UnsafeRawBufferPointer(start: start, count: min(Int(data.data_size), 256))
        return PathName(bytes: bytes).display
    }

    /// Nil also for a number out of `range`, and for what is none.
    private func number(
        _ entry: inout MMDB_entry_s,
        _ keys: [String],
        in range: ClosedRange<Double>
    ) -> Double? {
        guard let data = value(&entry, keys) else { return nil }
        let number: Double? =
            switch Int32(data.type) {
            case MMDB_DATA_TYPE_DOUBLE: data.double_value
            case MMDB_DATA_TYPE_FLOAT: Double(data.float_value)
            case MMDB_DATA_TYPE_UINT16: Double(data.uint16)
            case MMDB_DATA_TYPE_UINT32: Double(data.uint32)
            default: nil
            }
        return number.flatMap { range.contains($0) ? $0 : nil }
    }
}
