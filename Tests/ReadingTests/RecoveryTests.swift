import Domain
import Foundation
import Reading
import TestSupport
import Testing

/// A reader that dies, hangs or lies takes its own file with it and no other.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/perl"), "needs perl")) struct RecoveryTests {
    /// Speaks the protocol, and does to a file what the file says.
    private static let fake = """
        #!/usr/bin/perl
        binmode STDIN; binmode STDOUT; $| = 1;
        sub out { my ($h, $b) = @_; print pack("NQ>", length $h, length $b), $h, $b; }
        sub in { my $n = shift; my $s = ''; while (length $s < $n) { read(STDIN, $s, $n - length $s, length $s) or exit 0; } $s }
        out('{"version":1,"tools":[],"layers":[]}', '');
        while (1) {
            my ($h, $b) = unpack("NQ>", in(12)); in($h); my $file = in($b);
            kill 9, $$ if $file =~ /^die/;
            sleep 600 if $file =~ /^hang/;
            print "this is no frame at all" if $file =~ /^lie/;
            print pack("NQ>", 4000000000, 0) if $file =~ /^huge/;
            out('{"nonsense":true}', '') if $file =~ /^nonsense/;
            out('{"status":{"read":{}},"readings":[]}', '') if $file =~ /^good/;
        }
        """

    private func outcome(_ files: [String], wallLimit: Duration = .seconds(30)) async throws -> ReadingOutcome {
        try await withTemporaryFolder("recovery") { folder in
            let program = folder.appending(path: "fake-reader")
            try Self.fake.write(to: program, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
            var one = try await ReadingCase(folder: folder)
            for (number, file) in files.enumerated() { try await one.add("\(number)", Array("\(file) \(number)".utf8)) }
            return try await one.read(with: ReaderProcess(path: program.path, wallLimit: wallLimit, lanes: 2))
        }
    }

    @Test(arguments: ["die", "lie", "huge", "nonsense"])
    func aBadFileIsItsOwnFailure(_ kind: String) async throws {
        let outcome = try await outcome(["good", kind, "good", "good", kind, "good"])
        #expect(outcome.completeness == .complete)
        #expect(outcome.files.map { $0.status == .read } == [true, false, true, true, false, true])
        #expect(outcome.faults.count == 2)
    }

    @Test func aFileThatHangsIsEnded() async throws {
        let outcome = try await outcome(["good", "hang", "good"], wallLimit: .milliseconds(1500))
        #expect(
            outcome.files.map(\.status) == [
                .read, .failed(reason: "the reader ran out of time on this file"), .read,
            ]
        )
    }

    @Test func cancellationEndsTheStageWithWhatItHas() async throws {
        let outcome = try await withThrowingTaskGroup(of: ReadingOutcome.self) { group in
            group.addTask { try await self.outcome(["hang", "hang", "good"], wallLimit: Duration.seconds(600)) }
            group.cancelAll()
            return try #require(try await group.next())
        }
        #expect(outcome.completeness == .incomplete(reason: "interrupted"))
    }
}
