import Domain
import Doors
import Foundation
import TestSupport
import Testing

/// Exports as a mount daemon lists them. Debian 12 has no such daemon that runs without the kernel's part, so the answers are
/// made by the protocols' descriptions (RFC 1833, RFC 1813 appendix I, RFC 5531).
@Suite(.enabled(if: geteuid() == 0, "needs root for port 111")) struct NFSExportTests {
    private static let address = IPAddress(v4: 0x7f3d_080b)

    private static func words(_ numbers: [UInt32]) -> [UInt8] {
        numbers.flatMap { number in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) } }
    }

    private static func text(_ text: String) -> [UInt8] {
        words([UInt32(text.utf8.count)]) + text.utf8 + [UInt8](repeating: 0, count: (4 - text.utf8.count % 4) % 4)
    }

    /// An accepted answer to the call, in one fragment or two.
    private static func reply(to call: [UInt8], _ results: [UInt8], status: UInt32 = 0, in pieces: Int = 1) -> [UInt8] {
        let body = Array(call[4..<8]) + words([1, 0, 0, 0, status]) + results
        guard pieces > 1 else { return words([0x8000_0000 | UInt32(body.count)]) + body }
        return words([10]) + body[..<10] + words([0x8000_0000 | UInt32(body.count - 10)]) + body[10...]
    }

    private static func number(_ place: Int, of call: [UInt8]) -> UInt32 {
        call[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private func found(
        _ exports: [UInt8],
        portOfStrangers: UInt32 = 0,
        version: UInt32 = 3
    ) async throws -> DoorsOutcome {
        let daemon = HostileServer.Script { call in
            guard call.count >= 44 else { return nil }
            let isRight = Self.number(16, of: call) == 100_005 && Self.number(24, of: call) == 5
            return [.send(Self.reply(to: call, exports, status: isRight ? 0 : 3, in: 2))]
        }
        return try await HostileServer.running(at: Self.address, daemon) { mounts in
            let mapper = HostileServer.Script { call in
                guard call.count >= 60 else { return nil }
                let isMount = Self.number(44, of: call) == 100_005
                let isRight = isMount && Self.number(48, of: call) == version
                let port = isRight ? UInt32(mounts.endpoint.port) : isMount ? 0 : portOfStrangers
                return [.send(Self.reply(to: call, Self.words([port])))]
            }
            return try await HostileServer.running(at: Self.address, port: 111, mapper) { server in
                let outcome = try await doorsOfService(server.endpoint)
                // Nothing was asked but the list: no folder was mounted.
                #expect(mounts.received.allSatisfy { Self.number(24, of: $0) == 5 })
                return outcome
            }
        }
    }

    private static let films: [UInt8] =
        words([1]) + text("/srv/films") + words([0, 1]) + text("/srv/plans") + words([1]) + text("192.0.2.0/24")
        + words([0, 1]) + text("/srv/open") + words([1]) + text("*") + words([0, 0])

    @Test(arguments: [UInt32(3), 1]) func exportsToEveryoneAreLikely(version: UInt32) async throws {
        let outcome = try await found(Self.films, version: version)
        #expect(outcome.doors.map { "\($0.address)" } == ["nfs://127.61.8.11/srv/films", "nfs://127.61.8.11/srv/open"])
        #expect(outcome.doors.allSatisfy { $0.grade == .likely && $0.kind == .networkShare })
        #expect(outcome.doors.first?.proof.map(\.role) == [.listing, .sibling])
        #expect(outcome.rejections.map(\.address.target) == ["/srv/plans"])
        #expect(outcome.examined.map { "\($0)" } == ["nfs://127.61.8.11/"])
    }

    @Test func aMapperThatKnowsEveryProgramIsNotBelieved() async throws {
        let outcome = try await found(Self.films, portOfStrangers: 2_049)
        #expect(outcome.doors == [] && outcome.rejections.count == 1)
    }

    @Test func aListThatIsCutOrEmptyIsNoDoor() async throws {
        let cut = try await found(Array(Self.films.dropLast(9)))
        #expect(cut.doors == [] && cut.examined == [])
        let empty = try await found(Self.words([0]))
        #expect(empty.doors == [] && empty.rejections.map(\.reason) == ["exports nothing by NFS"])
    }
}
