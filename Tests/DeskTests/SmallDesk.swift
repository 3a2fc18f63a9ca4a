import CaseFile
import Catalogue
import Desk
import Domain
import Foundation
import TestSupport
import Vault

/// A desk over the small case, with an empty vault.
struct SmallDesk {
    let desk: Desk
    let token = Token()

    static func with<Value>(_ body: (SmallDesk) async throws -> Value) async throws -> Value {
        try await withTemporaryFolder("desk") { folder in
            let catalogue = try Catalogue()
            let recorder = Recorder(catalogue)
            for (number, event) in SmallCase().events.enumerated() {
                let seal = Seal(leaf: UInt64(number), record: "urn:uuid:\(number)", payload: nil, length: 0)
                try recorder.record(started: event.run, leaf: seal.leaf)
                try recorder.record(event.outcome, seal: seal)
                try recorder.record(ended: event.run)
            }
            let vault = try await Vault.create(
                at: folder.appending(path: "vault").path,
                key: folder.appending(path: "key").path,
                clock: .simulated(from: Timestamp(seconds: 0))
            )
            let context = ReportContext(
                caseName: "A small case <&>",
                addresses: AddressSet([CIDR("127.45.176.0/27")].compactMap(\.self)),
                ports: [80],
                authority: nil,
                contact: "desk@example.zz",
                level: .mirror,
                checkpoint: nil
            )
            let clock = CaseClock.simulated(from: Day(number: 19_752).start)
            let desk = try await Desk(catalogue: catalogue, vault: vault, context: context, clock: clock)
            let value = try await body(SmallDesk(desk: desk))
            await vault.close()
            return value
        }
    }

    private init(desk: Desk) {
        self.desk = desk
    }
}
