import ArgumentParser
import CaseFile
import Catalogue
import Desk
import Domain
import Glibc
import Hummingbird
import Logging
import Scope
import Vault

struct DeskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "desk",
        abstract: "Show a case in a browser: read-only pages on 127.0.0.1, opened by a token.",
        discussion: "Ctrl-C ends it. The address it prints holds the token; whoever has it can read the case."
    )

    @OptionGroup var options: CaseOptions

    @Option(help: ArgumentHelp("The port to listen on; 0 takes a free one.", valueName: "port"))
    var port = 0

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port takes 0 to 65535") }
    }

    func run() async throws {
        let folder = try CaseFolder.find(options.folder)
        let scope = try Scope.load(from: folder.scope).scope
        let custody = try Custody(options)
        try await custody.during(.desk) { try await serve(scope, custody) }
    }

    private func serve(_ scope: Scope, _ custody: Custody) async throws {
        let vault = try await CaseReading.vault(of: options)
        let concealment = Concealment(of: vault, try custody.folder.hashLists())
        let desk = try await Desk(
            catalogue: try CaseReading.catalogue(of: options).concealing(concealment.why),
            vault: vault,
            context: ReportContext(scope, checkpoint: try await vault.checkpoint().text),
            clock: options.caseClock,
            heldBack: concealment.whyNotHandedOut
        ) { await custody.tell(.download, items: [$0]) }
        let token = Token()
        var logger = Logger(label: "ajar.desk")
        // The one line that matters is the address.
        logger.logLevel = .warning
        let application = Application(
            router: desk.router(token: token),
            configuration: .init(address: .hostname("127.0.0.1", port: port), serverName: "ajar"),
            onServerRunning: { channel in
                print("http://127.0.0.1:\(channel.localAddress?.port ?? 0)/?token=\(token.text)")
                // A program that reads the address from a pipe waits for it.
                fflush(nil)
            },
            logger: logger
        )
        try await application.runService()
        await vault.close()
    }
}

extension ReportContext {
    /// What a scope says that a report repeats.
    init(_ scope: Scope, checkpoint: String?) {
        self.init(
            caseName: scope.name,
            addresses: scope.addresses,
            ports: scope.ports,
            authority: scope.authority,
            contact: scope.contact,
            level: scope.level,
            checkpoint: checkpoint
        )
    }
}
