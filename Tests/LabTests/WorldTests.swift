import Lab
import Testing

struct WorldTests {
    @Test func shippedWorldIsSoundAndLargeEnough() throws {
        let world = try World.load()
        #expect(world.sites.compactMap(\.name).count >= 30)
        #expect(world.sites.filter { $0.host == "web81" }.count == 10)
        #expect(Set(world.hosts.compactMap(\.web)).count == 3)
        #expect(world.zone.traps.count == World.Zone.Trap.allCases.count)
    }

    @Test(arguments: [
        ("name = \"Mini\"", "name = \"Mini\"\nnmae = 1", "unknown key 'nmae'", 2),
        ("127.46.7.11\"", "127.99.7.11\"", "lies outside", 12),
        ("web = \"nginx\"", "web = \"iis\"", "is none of", 13),
        ("prefix = \"127.46.7.0/24\"", "prefix = \"127.46.7.0\"", "/20", 0),
        ("first-day = \"2024-01-01\"", "first-day = \"2024-02-30\"", "is not a day", 3),
        ("host = \"web\"\ntitle = \"One\"", "host = \"nowhere\"\ntitle = \"One\"", "no host with a web server", 26),
        ("name = \"one.yy\"", "name = \"one.xx\"", "lies in no zone", 25),
        ("name = \"one.yy\"", "name = \"one;.yy\"", "lies in no zone", 25),
        ("services = [\"ssh\"]", "services = [\"ssh\"]\nloss = 1.3", "is no share", 15),
        ("services = [\"ssh\"]", "services = [\"ssh\"]\nloss = \"much\"", "wrong type", 15),
        ("services = [\"ssh\"]", "services = [\"ssh\"]\ndelay-ms = 0", "0 is not 1 to 10000", 15),
        ("services = [\"ssh\"]", "services = [\"ssh\"]\nrate-kbit = 7", "7 is not 8 to", 15),
        ("services = [\"ssh\"]", "services = [\"ssh\"]\nsilent = 1", "wrong type", 15),
        ("services = [\"ssh\"]", "services = [\"ssh\"]\nloss = 0.1\nsilent = true", "neither slow nor lossy", 16),
    ])
    func badWorldIsRefusedWithItsLine(old: String, new: String, message: String, line: Int) throws {
        let good = MiniWorld.text(prefix: "127.46.7")
        let bad = good.replacing(old, with: new, maxReplacements: 1)
        try #require(bad != good)
        let error = #expect(throws: LabError.self) { try World(parsing: bad, file: "mini.toml") }
        #expect(error?.code == .badWorld || line == 0)
        if line > 0 {
            #expect(error?.message.contains(message) == true, "\(error?.description ?? "")")
            #expect(error?.place == "mini.toml:\(line)")
        }
    }

    @Test func hugeWorldIsRefused() {
        let text = String(repeating: "#", count: World.sizeLimit + 1)
        #expect(throws: LabError.self) { try World(parsing: text, file: "huge.toml") }
    }
}
