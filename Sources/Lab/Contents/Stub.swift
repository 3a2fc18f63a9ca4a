import Crypto
package import Domain
import Foundation
package import SystemPackage

// A handful of files, until the storage server's contents are drawn; this file goes then.
package struct StorageContents: Sendable {
    package init(world: StorageWorld, seed: UInt64, firstDay: Day, lastDay: Day) throws(LabError) {
        self.world = world
    }

    let world: StorageWorld

    private func bytes(_ day: Day) -> [UInt8] { Array("Work of \(day)\n".utf8) }

    package func prepare(in pool: FilePath, progress: @Sendable (Int, Int) -> Void) async throws(LabError) {
        for number in 0...200 {
            let bytes = bytes(world.firstBatch.adding(number))
            let name = SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            try? Data(bytes).write(to: URL(fileURLWithPath: "\(pool)/\(name)"))
        }
    }

    package func files(on day: Day) -> [PlacedFile] {
        (0...max(0, min(day.number, world.lastBatch.number) - world.firstBatch.number)).compactMap { number in
            let day = world.firstBatch.adding(number)
            guard day.weekday < 6, let digest = Digest(bytes: SHA256.hash(data: bytes(day))) else { return nil }
            return PlacedFile(
                path: PathName(bytes: Array("User/\(world.user)/home/\(day)/work.txt".utf8)),
                payload: digest,
                length: UInt64(bytes(day).count),
                modified: day.start.adding(seconds: 30_000)
            )
        }
    }
}
