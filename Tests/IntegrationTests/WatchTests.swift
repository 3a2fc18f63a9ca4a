import Domain
import Foundation
import Synchronization
import TestSupport
import Testing

/// What `ajar watch` tells, to whom, and how often.
@Suite("ajar watch")
struct WatchTests {
    private let local = IPAddress(v4: 0x7f54_0001)

    /// The bodies that a webhook was given, and how it answers.
    private final class Inbox: Sendable {
        /// Guards what came, and how often it is still refused.
        private let state: Mutex<(bodies: [Data], refusals: Int)>

        init(refusing times: Int = 0) {
            state = Mutex(([], times))
        }

        var bodies: [Data] { state.withLock { $0.bodies } }

        var script: HostileServer.Script {
            HostileServer.Script { [self] received in
                let request = Data(received)
                guard let end = request.range(of: Data("\r\n\r\n".utf8)),
                    let field = String(decoding: request[..<end.lowerBound], as: UTF8.self)
                        .firstMatch(of: /[Cc]ontent-[Ll]ength: (\d+)/),
                    let length = Int(field.1), request.count >= end.upperBound + length
                else { return nil }
                let status = state.withLock { state in
                    guard state.refusals == 0 else {
                        state.refusals -= 1
                        return 503
                    }
                    state.bodies.append(request[end.upperBound...])
                    return 200
                }
                return [.send(ScriptedServer.reply(status, body: [])), .close]
            }
        }

        func occasions() throws -> [String] {
            try bodies.map { body in
                let object = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
                #expect((object["text"] as? String)?.contains("ajar: ") == true)
                let news = try #require(object["news"] as? [String: Any])
                return try #require(news["occasion"] as? String)
            }
        }
    }

    private func append(_ settings: String, to country: SmallCountry) throws {
        let path = country.path + "/ajar.toml"
        try (String(contentsOfFile: path, encoding: .utf8) + "\n[watch]\n" + settings)
            .write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test("A new door is told at once and everything once a day, by webhook, mail and file, and all of it is sealed")
    func everyWay() async throws {
        try await SmallCountry.running { country in
            let inbox = Inbox()
            let sendmail = country.folder.appending(path: "sendmail")
            try "#!/bin/sh\necho \"$@\" >> \(country.folder.path)/arguments\ncat >> \(country.folder.path)/mail\n"
                .write(to: sendmail, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: sendmail.path)
            try await HostileServer.running(at: local, inbox.script) { server in
                try append(
                    """
                    webhook = "http://\(server.endpoint)/hook"
                    mail = "desk@example.org, cert@example.org"
                    sendmail = "\(sendmail.path)"
                    file = "news.jsonl"
                    """,
                    to: country
                )
                let watch = ["watch", "--every", "0.00001", "--rounds", "2", "--clock", "2024-01-15T20:00:00Z"]
                let first = try await Program.ajar(watch + ["--case", country.path], in: country.folder)
                #expect(first.status == 0, "\(first.text)")
                #expect(try inbox.occasions() == ["door", "digest"], "\(first.text)")
                let next = try await country.ajar("watch", "--rounds", "1", "--clock", "2024-01-16T20:00:00Z")
                #expect(next.status == 0, "\(next.text)")
                #expect(try inbox.occasions() == ["door", "digest", "digest"])
            }
            let lines = try String(contentsOfFile: country.path + "/news.jsonl", encoding: .utf8).split(separator: "\n")
            #expect(lines.count == 3 && lines[0].contains("/data/User/"))
            let mail = try String(contentsOf: country.folder.appending(path: "mail"), encoding: .utf8)
            #expect(mail.components(separatedBy: "To: desk@example.org, cert@example.org\n").count == 4)
            #expect(mail.contains("Subject: ajar: process test, 2024-01-15: 1 new door"))
            let arguments = try String(contentsOf: country.folder.appending(path: "arguments"), encoding: .utf8)
            #expect(arguments.hasPrefix("-i -- desk@example.org cert@example.org\n"))
            let custody = try await country.ajar("custody", "--json")
            #expect(custody.text.components(separatedBy: "\"kind\" : \"news\"").count == 4, "\(custody.text)")
            #expect(try await country.ajar("verify").status == 0)
        }
    }

    @Test("What a webhook does not take waits, and goes with what is told next")
    func refused() async throws {
        try await SmallCountry.running { country in
            let inbox = Inbox(refusing: 2)
            try await HostileServer.running(at: local, inbox.script) { server in
                try append("webhook = \"http://\(server.endpoint)/hook\"\n", to: country)
                let first = try await country.ajar("watch", "--rounds", "1", "--clock", "2024-01-15")
                #expect(first.status == 0)
                #expect(
                    first.text.contains("not told by webhook: the webhook answered with status 503"),
                    "\(first.text)"
                )
                #expect(inbox.bodies.isEmpty)
                let second = try await country.ajar("watch", "--rounds", "1", "--clock", "2024-01-16")
                #expect(second.status == 0)
                #expect(try inbox.occasions() == ["door", "digest", "digest"], "\(second.text)")
            }
        }
    }

    @Test("A round that fails is tried again, told at once, and ends the last round with an error")
    func failing() async throws {
        try await SmallCountry.running { country in
            try append("file = \"news.txt\"\n", to: country)
            try "no scope".write(toFile: country.path + "/scope.toml", atomically: true, encoding: .utf8)
            let run = try await country.ajar("watch", "--rounds", "1", "--retries", "1", "--retry-after", "0")
            #expect(run.status == 69, "\(run.text)")
            #expect(run.text.components(separatedBy: "round 1 failed").count == 3, "\(run.text)")
            let told = try String(contentsOfFile: country.path + "/news.txt", encoding: .utf8)
            #expect(told.contains("the investigation failed"))
            #expect(told.contains("scope.toml"))
        }
    }

    @Test("Updates that stop are told once, when it is hardly chance")
    func silence() async throws {
        try await SmallCountry.running { country in
            try append("file = \"news.jsonl\"\n", to: country)
            let data = country.folder.appending(path: "www/data/User/home/alice")
            // Monday 1 January 2024 and four weeks of days, the last of which bring nothing.
            for day in 0..<18 {
                if day < 11, day % 7 < 5 {
                    try "\(day)".write(to: data.appending(path: "day\(day).txt"), atomically: true, encoding: .utf8)
                }
                let clock = Day(number: 19_723).adding(day)
                for command in day == 0 ? ["census", "doors", "collect"] : ["collect"] {
                    let run = try await country.ajar(command, "--clock", "\(clock)T20:00:00Z", "--quiet")
                    #expect(run.status == 0, "\(run.text)")
                }
            }
            for day in [18, 19] {
                let clock = Day(number: 19_723).adding(day)
                let run = try await country.ajar("watch", "--rounds", "1", "--clock", "\(clock)T20:00:00Z")
                #expect(run.status == 0, "\(run.text)")
            }
            let told = try String(contentsOfFile: country.path + "/news.jsonl", encoding: .utf8)
            #expect(told.components(separatedBy: "\"occasion\":\"silence\"").count == 2, "\(told)")
            #expect(told.contains("\"silenceSince\":\"2024-01-12\""), "\(told)")
        }
    }

    @Test("`ajar news` tells what a digest would, as text and as JSON")
    func news() async throws {
        try await SmallCountry.running { country in
            for command in ["census", "doors"] {
                _ = try await country.ajar(command, "--clock", "2024-01-15T20:00:00Z", "--quiet")
            }
            let all = try await country.ajar("news")
            #expect(all.status == 0)
            #expect(all.text.contains("New doors: 1"), "\(all.text)")
            let later = try await country.ajar("news", "--since", "2024-01-16", "--json")
            let object = try JSONSerialization.jsonObject(with: Data(later.text.utf8)) as? [String: Any]
            #expect((object?["doors"] as? [String: Any])?["total"] as? Int == 0, "\(later.text)")
            let same = try await country.ajar("news", "--since", "2024-01-15")
            #expect(same.text.contains("New doors: 1"))
            #expect(try await country.ajar("news", "--since", "yesterday").status == 64)
        }
    }

    @Test(
        "Settings that would tell strangers are refused",
        arguments: [
            "webhook = \"http://example.org/hook\"", "webhook = \"http://127.0.0.1.example.org/\"",
            "webhook = \"ftp://127.0.0.1/\"", "mail = \"-oQ/tmp@example.org\"",
            "mail = \"desk@example.org\\nBcc: x@y\"",
            "mail = \"a@b,,c@d\"", "sendmail = \"sendmail\"", "webhok = \"https://example.org\"",
        ]
    )
    func badSettings(line: String) async throws {
        try await SmallCountry.running { country in
            try append(line + "\n", to: country)
            let run = try await country.ajar("watch", "--rounds", "1")
            #expect(run.status == 78, "\(run.text)")
            #expect(run.text.contains("[watch]"), "\(run.text)")
        }
    }
}
