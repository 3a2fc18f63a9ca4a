import Crypto
import Foundation
import Glibc

/// Files like those of an office's server, the same every time: 4,960 of a log-normal size around 60 kB, 40 of 5 to
/// 20 MB, no two bytes of them from the same place.
struct SampleTree {
    private let root: String

    init(_ root: String) {
        self.root = root
    }

    func make() throws {
        var random = Random(state: 7)
        let folders = (0..<150).map { number in
            let above = number == 0 ? root : "\(root)/part\(number % 10)"
            return number < 10 ? "\(root)/part\(number)" : "\(above)/folder\(number)"
        }
        for folder in [root] + folders {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        for number in 0..<5_000 {
            let size = number < 4_960 ? random.ordinarySize() : 5 << 20 + Int(random.next() % (15 << 20))
            let folder = folders[Int(random.next() % 150)]
            let bytes = Data(random.bytes(size))
            try bytes.write(to: URL(filePath: "\(folder)/file\(number).bin"))
        }
    }

    /// Every file, in the order of names.
    func files() throws -> [String] {
        guard let all = FileManager.default.enumerator(atPath: root) else { throw BenchError("cannot list \(root)") }
        return all.compactMap { $0 as? String }.filter { $0.hasSuffix(".bin") }.sorted().map { "\(root)/\($0)" }
    }
}

/// Numbers that follow from a seed.
struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count { withUnsafeBytes(of: next()) { bytes += $0 } }
        return Array(bytes.prefix(count))
    }

    private mutating func fraction() -> Double { (Double(next() >> 11) + 0.5) / Double(1 << 53) }

    /// 60 kB times e to a normal number: half are shorter, one in twenty is above 310 kB.
    mutating func ordinarySize() -> Int {
        let normal = (-2 * log(fraction())).squareRoot() * cos(2 * .pi * fraction())
        return max(1, Int(60_000 * exp(normal)))
    }
}

/// A file that is read in pieces.
final class Source {
    let length: Int
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw BenchError("cannot read \(path)") }
        length = Int(lseek(descriptor, 0, SEEK_END))
        lseek(descriptor, 0, SEEK_SET)
    }

    deinit { close(descriptor) }

    func next(_ limit: Int) throws -> [UInt8]? {
        var count = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            count = read(descriptor, buffer.baseAddress, limit)
            filled = max(0, count)
        }
        guard count >= 0 else { throw BenchError("cannot read a file") }
        return bytes.isEmpty ? nil : bytes
    }
}

/// SHA-256 as the vault takes it.
struct RunningHash {
    private var hash = SHA256()

    mutating func add(_ bytes: [UInt8]) { hash.update(data: bytes) }

    func isFinished() -> Bool { hash.finalize().contains { $0 != 0 } }
}
