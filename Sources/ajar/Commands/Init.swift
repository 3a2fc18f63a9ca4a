import ArgumentParser
import Domain
import Foundation
import Scope
import Vault

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a case: a folder for one investigation.",
        discussion: "Without --scope it writes a scope file to fill in; nothing can be contacted before that is done."
    )

    @Option(
        name: .customLong("case"),
        help: ArgumentHelp("The folder to make.", valueName: "dir"),
        completion: .directory
    )
    var folder = "."

    @Option(help: ArgumentHelp("A scope file to copy.", valueName: "file"), completion: .file(extensions: ["toml"]))
    var scope: String?

    @Option(help: ArgumentHelp("A projects file to copy.", valueName: "file"), completion: .file(extensions: ["toml"]))
    var projects: String?

    @Option(
        help: ArgumentHelp("A folder of address lists and place databases to copy.", valueName: "dir"),
        completion: .directory
    )
    var lists: String?

    @Option(help: ArgumentHelp("Keep the ledger's signing key in this file instead of the case.", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("Whose key signs the ledger, for people; its first leaf says it.", valueName: "name"))
    var owner: String?

    @Option(help: ArgumentHelp("The simulated time at which the case begins.", valueName: "time"))
    var clock: String?

    func run() async throws {
        let target = CaseFolder(path: CaseFolder.absolute(folder))
        guard !FileManager.default.fileExists(atPath: target.vault) else {
            throw Complaint(.cannotCreate, "\(folder) is a case already")
        }
        let clock = try simulated ?? .system
        // A scope that is wrong is said before there is half a case.
        if let scope, FileManager.default.fileExists(atPath: scope) { _ = try Scope.load(from: scope) }
        try copy(to: target)
        let keyFile = key.map { CaseFolder.absolute($0) } ?? target.key
        let vault = try await Vault.create(at: target.vault, key: keyFile, owner: owner, clock: clock)
        await vault.close()
        print("The case is in \(target.path). Its scope is \(target.scope); check it before anything is contacted.")
    }

    private var simulated: CaseClock? {
        get throws {
            guard let clock else { return nil }
            guard let time = Timestamp(clock) else { throw ValidationError("'\(clock)' is no time") }
            return .simulated(from: time)
        }
    }

    private func copy(to target: CaseFolder) throws {
        let files = FileManager.default
        do {
            try files.createDirectory(atPath: target.path, withIntermediateDirectories: true)
            try write(scope, or: Scope.template(), to: target.scope)
            try write(projects, or: Self.emptyProjects, to: target.projects)
            var settings = Configuration()
            settings.keyFile = key.map { CaseFolder.absolute($0) }
            try write(nil, or: settings.text(), to: target.configuration)
            if let lists, !files.fileExists(atPath: target.lists) {
                try files.copyItem(atPath: lists, toPath: target.lists)
            }
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw Complaint(.cannotCreate, "cannot make the case \(folder): \(error.localizedDescription)")
        }
        _ = try Scope.load(from: target.scope)
    }

    private func write(_ source: String?, or text: String, to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        if let source {
            guard FileManager.default.fileExists(atPath: source) else {
                throw Complaint(.noInput, "there is no file \(source)")
            }
            try FileManager.default.copyItem(atPath: source, toPath: path)
        } else {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
    }

    private static let emptyProjects = """
        # Productions that files are identified with. One table each:
        #
        # [[project]]
        # key = "lantern"
        # titles = ["Lantern Harbour"]
        # codes = ["LHB"]
        # companies = ["Lantern Pictures, LLC"]

        """
}
