import Domain
import Scope
package import Vault
import Wire

/// Reads an rsync daemon's greeting and the list of modules that it shows to anyone. No module is entered.
package struct RsyncProbe: Probe {
    package let name = "rsync"
    package let usualPorts: Set<UInt16> = [873]

    package init() {}

    package var opening: Opening { .server { $0.starts(with: "@RSYNCD:".utf8) } }

    package func ask(_ interview: Interview) async throws(VaultError) -> Finding? {
        guard let dialogue = await interview.fresh(),
            let greeting = await dialogue.read(within: interview.settings.answerWait, Self.greeting)
        else { return nil }
        var finding = Finding(speaks: .rsync, banner: dialogue.transcript.received)
        finding.facts = ["software": "rsync protocol \(greeting.version)", "rsync.protocol": greeting.version]
        if !greeting.digests.isEmpty { finding.facts["rsync.digests"] = greeting.digests.joined(separator: " ") }
        // 31.0 is understood by every daemon since 2013, and asks for no list of digests.
        await dialogue.say(Array("@RSYNCD: 31.0\n#list\n".utf8))
        let list = await dialogue.read(within: interview.settings.answerWait) { [dialogue] bytes in
            let modules = RsyncModules(parsing: bytes)
            return modules.isComplete || dialogue.hasEnded ? .done(modules, bytes.count) : .unfinished
        }
        guard let list else { return finding }
        finding.facts["rsync.modules"] = list.modules.map { printable($0.name) }.joined(separator: ", ")
        let notice = list.notice.filter { !$0.isEmpty }.map(printable).joined(separator: " ")
        if !notice.isEmpty { finding.facts["rsync.notice"] = notice }
        return finding
    }

    private static func greeting(_ bytes: [UInt8]) -> Dialogue.Reading<RsyncGreeting> {
        do throws(RsyncGreeting.Fault) {
            let greeting = try RsyncGreeting(parsing: bytes)
            return .done(greeting, greeting.end)
        } catch {
            return error == .unfinished ? .unfinished : .no
        }
    }
}
