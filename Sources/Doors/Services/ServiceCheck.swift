package import Domain

/// One way of looking for doors at a service that is no website.
///
/// A check asks only through the visit it is given, which seals every dialogue and counts. It asks in the protocol's own
/// words what any visitor may ask, sends no credential (the customary name of anonymous FTP is none), writes nothing, and
/// wants names and counts, never contents beyond one file that proves the door. It must end on any answers.
package protocol ServiceCheck: Sendable {
    /// The name in doors and in rejections. It never changes.
    var name: String { get }
    /// The scheme of the addresses at which its doors stand.
    var scheme: WebAddress.Scheme { get }
    /// Whether the service may speak the protocol: never by asking, and for one that no probe knew only at its usual
    /// port, because words that a service does not know may do harm there.
    func fits(_ service: ServiceSighting) -> Bool
    func look(at visit: ServiceVisit) async throws(DoorsError) -> ServiceFindings
}

/// What a check found at a service.
package struct ServiceFindings: Sendable {
    package var doors: [Door] = []
    package var rejections: [DoorRejection] = []
    /// Whether something that may be a door was neither found nor refused: the server was busy, or there was too much.
    package var isUnclear = false

    /// Whether the look tells of all doors there are, so that one which is not among them is gone.
    var isConclusive: Bool { !isUnclear && !(doors.isEmpty && rejections.isEmpty) }

    package init() {}
}

/// Every check of services that are no websites. To add one: a file in `Checks/`, and a line here.
package let serviceChecks: [any ServiceCheck] = [
    AnonymousFTPCheck(), RsyncModuleCheck(), ZoneTransferCheck(), RedisCheck(), MemcachedCheck(), MongoDBCheck(),
    VNCCheck(), X11Check(), NFSExportCheck(),
]
