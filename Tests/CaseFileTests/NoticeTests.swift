import CaseFile
import Catalogue
import Domain
import Foundation
import Testing

@Suite struct NoticeTests {
    private func door(_ kind: DoorKind, _ target: String, website: String = "cloud.example") -> Door {
        let scheme: WebAddress.Scheme =
            switch kind {
            case .anonymousFTP: .ftp
            case .rsyncModule: .rsync
            case .zoneTransfer: .dns
            case .screen: .vnc
            default: .http
            }
        let address = WebAddress(scheme: scheme, host: "cloud.example", target: target)
        let seal = Seal(leaf: 7, record: "urn:uuid:1", payload: nil, length: 4)
        let step = ProofStep(
            role: .content,
            address: address,
            status: 200,
            shows: "4 bytes\u{1b}[2J",
            seal: seal,
            at: Timestamp(seconds: 1_705_309_200)
        )
        return Door(
            kind: kind,
            address: address,
            endpoint: Endpoint(IPAddress(v4: 0x7f00_0001), 80),
            website: website,
            check: "test",
            proof: [step]
        )
    }

    private func notice(_ door: Door, gone: Bool = false) -> Notice {
        let day = Timestamp(seconds: 1_705_309_200)
        let lasting = Lasting(
            door,
            firstSeen: day,
            lastSeen: day.adding(seconds: 86_400),
            absentSince: gone ? day.adding(seconds: 172_800) : nil
        )
        return Notice(lasting, contact: "desk@example.org", in: .english)
    }

    /// Every kind of door can be checked and closed by its owner, in words of its own.
    @Test(arguments: DoorKind.allCases) func everyKindHasWords(kind: DoorKind) {
        let notice = notice(door(kind, "/films/"))
        #expect(!notice.checks.isEmpty && !notice.remedies.isEmpty)
        #expect(notice.text.contains("desk@example.org") && notice.text.contains("2024-01-15"))
        #expect(notice.text.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
    }

    @Test func whatALaterLookMissedIsSaidWithItsBounds() {
        #expect(notice(door(.listing, "/a/"), gone: true).text.contains("no later than 2024-01-17"))
        #expect(notice(door(.listing, "/a/")).text.contains("how long it stood open before and since, we do not know"))
    }

    /// What a stranger named must not become a command in the owner's shell.
    @Test func addressesStayInTheirQuotation() {
        for kind in DoorKind.allCases {
            for line in notice(door(kind, "/a'$(reboot)'/")).checks {
                #expect(!line.contains("'$("), "\(line)")
                #expect(line.count { $0 == "'" } % 2 == 0)
            }
        }
    }

    @Test func aDoorWithoutAGradeWasProven() throws {
        let text = String(decoding: try JSONEncoder().encode(door(.listing, "/a/")), as: UTF8.self)
        #expect(text.contains("\"grade\":\"proven\""))
        let renamed = text.replacing("\"grade\"", with: "\"was\"").replacing("\"reason\"", with: "\"why\"")
        let old = try JSONDecoder().decode(Door.self, from: Data(renamed.utf8))
        #expect(old.grade == .proven && old.reason == Door.provenReason)
    }
}
