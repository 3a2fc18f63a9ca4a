package import SystemPackage

extension World {
    /// The names of the worlds that ship with the program.
    package static let shippedName = "ryonghung"

    /// Reads a world file; without a path, the world that ships with the program.
    package static func load(from path: FilePath? = nil) throws(LabError) -> World {
        if let path {
            return try World(parsing: String(decoding: try Files.read(path), as: UTF8.self), file: path.string)
        }
        let name = "Worlds/\(shippedName).toml"
        guard let bytes = Blueprint.resource(name) else {
            throw LabError(.environment, "the program was installed without its worlds", at: name)
        }
        return try World(parsing: String(decoding: bytes, as: UTF8.self), file: "\(shippedName).toml")
    }
}
