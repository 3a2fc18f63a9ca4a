import Domain
import Lab
import Testing

struct ConditionsTests {
    /// A line of its own in the table of a host.
    private func adding(_ lines: String, toHost last: Int, _ text: String) -> String {
        let address = "address = \"127.46.10.\(last)\""
        return text.replacing(address, with: "\(address)\n\(lines)")
    }

    @Test func countOnlyWhereTheCountryHasANetworkOfItsOwn() async throws {
        try await MiniWorld.withCountry("127.46.10") { text in
            adding("loss = 0.29\ndelay-ms = 300\nrate-kbit = 64", toHost: 11, adding("silent = true", toHost: 13, text))
        } _: { near in
            #expect(near.world.hosts.map(\.conditions.text) == ["300 ms late, loses 29 %, 64 kbit/s", "", "silent"])
            #expect(try near.status().remarks.count == 1)
            let far = try Country(
                world: near.world,
                seed: near.seed,
                folder: near.folder,
                ports: .raised,
                form: .namespaces
            )
            let truths = try (near: near.truth(on: near.world.firstDay), far: far.truth(on: near.world.firstDay))
            #expect(truths.near.hosts.map(\.description) == ["127.46.10.11", "127.46.10.12", "127.46.10.13"])
            #expect(truths.near.websites.map(\.name) == ["one.yy", "two.yy", "127.46.10.13"])
            // The silent host's data folder; and the zones, which the name server gives to anyone near and far.
            #expect(truths.near.doors.map(\.kind) == [.dataFolder, .zoneTransfer, .zoneTransfer])
            #expect(truths.near.sources.count == 1)
            #expect(truths.near.silentElsewhere == nil)
            #expect(truths.far.hosts.map(\.description) == ["127.46.10.11", "127.46.10.12"])
            #expect(truths.far.websites.map(\.name) == ["one.yy"])
            #expect(truths.far.doors.map(\.kind) == [.zoneTransfer, .zoneTransfer])
            #expect(truths.far.sources.isEmpty)
            #expect(truths.far.silentElsewhere == near.world.prefix)
        }
    }

    @Test func blockOutsideTheLoopbackInterfaceIsRefused() async throws {
        let error = await #expect(throws: LabError.self) {
            try await MiniWorld.withCountry("127.46.11") {
                $0.replacing("127.46.11.", with: "10.46.11.")
            } _: { _ in
            }
        }
        #expect(error?.code == .badWorld)
        #expect(error?.message.contains("--netns") == true)
    }
}
