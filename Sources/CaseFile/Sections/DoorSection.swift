import Catalogue
package import Domain

/// A door with its proof, step by step.
package struct DoorSection: Sendable, Encodable {
    package struct Step: Sendable, Encodable {
        package var step: ProofStep
        package var exhibit: Int
    }

    package var door: Door
    package var firstSeen: Timestamp
    package var lastSeen: Timestamp
    package var gone: TimeBounds?
    package var steps: [Step]

    init(_ door: Lasting<Door>, exhibits: inout ExhibitList) {
        self.door = door.value
        firstSeen = door.firstSeen
        lastSeen = door.lastSeen
        gone = door.gone
        steps = door.value.proof.map { step in
            Step(
                step: step,
                exhibit: exhibits.number(step.seal, what: step.role.rawValue, address: "\(step.address)", at: step.at)
            )
        }
    }
}
