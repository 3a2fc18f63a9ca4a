import Domain
import Foundation
package import SystemPackage

extension Country {
    /// The country that is up in a folder.
    package static func open(_ folder: FilePath) throws(LabError) -> Country {
        let state = try loadState(folder)
        let world = try World.load(from: folder.appending("world.toml"))
        return try Country(world: world, seed: state.seed, folder: folder, ports: state.ports, form: state.form)
    }

    /// The state of this country; an error when it is not up.
    package func loadState() throws(LabError) -> LabState { try Self.loadState(folder) }

    /// The state of the country in this folder; an error when none is up.
    private static func loadState(_ folder: FilePath) throws(LabError) -> LabState {
        let statePath = folder.appending("lab.json")
        guard Files.exists(statePath) else {
            throw LabError(.badRequest, "no country is up here; put one up with 'ajar lab up'", at: folder.string)
        }
        do {
            return try JSONDecoder().decode(LabState.self, from: Data(try Files.read(statePath)))
        } catch let error as LabError {
            throw error
        } catch {
            throw LabError(.storage, "cannot be read: \(error)", at: statePath.string)
        }
    }

    func save(_ state: LabState) throws(LabError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        do {
            try Files.write([UInt8](try encoder.encode(state)), to: folder.appending("lab.json"))
        } catch let error as LabError {
            throw error
        } catch {
            throw LabError(.storage, "cannot be written: \(error)", at: folder.string)
        }
    }
}
