import CoreFoundation
import Domain
import Foundation
import Glibc
import SystemPackage

/// The few things the country does with files, with errors that say where.
enum Files {
    static func makeFolder(_ path: FilePath) throws(LabError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path.string,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755]
            )
        } catch {
            throw LabError(.storage, "cannot make the folder: \(error.localizedDescription)", at: path.string)
        }
    }

    /// Writes a file, and the folders above it, unless it already holds these bytes.
    static func write(_ bytes: [UInt8], to path: FilePath, mode: UInt32 = 0o644) throws(LabError) {
        if FileManager.default.contents(atPath: path.string).map([UInt8].init) == bytes { return }
        try makeFolder(path.removingLastComponent())
        let scratch = path.string + ".new"
        let descriptor = open(scratch, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw fault("write", at: path) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw fault("write", at: path) }
            rest = rest.dropFirst(count)
        }
        guard rename(scratch, path.string) == 0 else { throw fault("write", at: path) }
    }

    static func read(_ path: FilePath) throws(LabError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path.string) else { throw fault("read", at: path) }
        return [UInt8](data)
    }

    /// Reads a file of `/proc` to its end; nil when it cannot be read. These files have no length and come in pieces,
    /// so a reader that trusts one read gets the first page alone.
    static func readKernelTable(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 else { return nil }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    static func exists(_ path: FilePath) -> Bool { access(path.string, F_OK) == 0 }

    /// Removes a file or a whole folder; one that is not there is no fault.
    static func remove(_ path: FilePath) throws(LabError) {
        guard exists(path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path.string)
        } catch {
            throw LabError(.storage, "cannot remove: \(error.localizedDescription)", at: path.string)
        }
    }

    /// Gives a folder and all below it to a user.
    static func give(_ path: FilePath, toUser user: UInt32, group: UInt32) throws(LabError) {
        guard let walk = FileManager.default.enumerator(atPath: path.string) else { throw fault("read", at: path) }
        guard lchown(path.string, user, group) == 0 else { throw fault("change the owner of", at: path) }
        for case let name as String in walk where lchown("\(path)/\(name)", user, group) != 0 {
            throw fault("change the owner of", at: path.appending(name))
        }
    }

    /// Sets a file's or folder's time of change. The path is bytes: names on the storage server are in any encoding.
    static func setTime(of path: [UInt8], to time: Timestamp, what: FilePath) throws(LabError) {
        let spec = timespec(tv_sec: Int(time.seconds), tv_nsec: 0)
        let result = path.withCString { path in
            [spec, spec].withUnsafeBufferPointer { utimensat(AT_FDCWD, path, $0.baseAddress, 0) }
        }
        guard result == 0 else { throw fault("set the time of", at: what) }
    }

    static func fault(_ attempt: String, at path: FilePath) -> LabError {
        LabError(.storage, "cannot \(attempt): \(String(cString: strerror(errno)))", at: path.string)
    }
}

extension [UInt8] {
    /// Calls with the bytes as a C string. They hold no zero.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (self + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                // The array holds at least the final zero, so it has a base address.
                text.baseAddress.map(body) ?? body("")
            }
        }
    }
}
