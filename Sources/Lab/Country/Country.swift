import Domain
import Foundation
import Glibc
package import SystemPackage

/// The practice country: real servers on addresses of this machine alone, decided by a world and a seed.
///
/// Everything lies in one state folder. One process at a time may change a country; a lock file sees to it.
package struct Country: Sendable {
    package let world: World
    package let seed: Seed
    /// Absolute.
    package let folder: FilePath
    package let ports: PortMap
    package let form: CountryForm

    var blueprint: Blueprint { Blueprint(world: world, seed: seed, ports: ports, form: form, folder: folder) }

    var launcher: Launcher { Launcher(folder: folder) }

    var tree: ServedTree? {
        world.sites.first { $0.kind == .storage }.map { site in
            ServedTree(
                root: blueprint.documentRoot(of: site).appending("data"),
                pool: folder.appending("pool")
            )
        }
    }

    /// A country that is described and not yet up.
    ///
    /// The usual ports need root. Everything of the country lies in `folder`, which is made when missing; a
    /// ``LabError`` says when its path cannot be used.
    package init(
        world: World,
        seed: Seed,
        folder: FilePath,
        ports: PortMap = geteuid() == 0 ? .usual : .raised,
        form: CountryForm = .loopback
    ) throws(LabError) {
        guard folder.isAbsolute, folder.string.utf8.count <= 60, folder.string.utf8.allSatisfy(Self.isPlain) else {
            throw LabError(
                .environment,
                "the state folder must be an absolute path of at most 60 plain characters",
                at: folder.string
            )
        }
        self.world = world
        self.seed = seed
        self.folder = folder
        self.ports = ports
        self.form = form
    }

    /// Paths go into the daemons' configuration files, unquoted.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
