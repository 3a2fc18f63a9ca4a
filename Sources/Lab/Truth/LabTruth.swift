package import Domain

/// What is true of the country: everything a case could find, and when.
package struct LabTruth: Codable, Sendable {
    /// A stretch of days, both ends included.
    package struct Days: Hashable, Codable, Sendable {
        package var first: Day
        package var last: Day
    }

    /// Something at an address, with the days on which it is there.
    package struct Service: Hashable, Codable, Sendable {
        package var endpoint: Endpoint
        package var speaks: ServiceProtocol
        package var days: [Days]

        package init(endpoint: Endpoint, speaks: ServiceProtocol, days: [Days]) {
            self.endpoint = endpoint
            self.speaks = speaks
            self.days = days
        }
    }

    package struct Website: Hashable, Codable, Sendable {
        /// The name, or the address where it answers without one.
        package var name: String
        package var endpoint: Endpoint
        package var days: [Days]
    }

    package struct Door: Hashable, Codable, Sendable {
        package var kind: DoorKind
        package var address: WebAddress
        package var endpoint: Endpoint
    }

    /// Something that looks like a door and is none.
    package struct Decoy: Hashable, Codable, Sendable {
        package var address: WebAddress
        package var why: String
    }

    package var world: String
    package var seed: UInt64
    /// The day that the country shows.
    package var day: Day
    /// Addresses with an open port on that day.
    package var hosts: [IPAddress]
    package var services: [Service]
    package var websites: [Website]
    package var doors: [Door]
    package var decoys: [Decoy]
    package var sources: [SourceTruth]
    package var projects: [Project]
    /// Everything about the storage server's files, over all days.
    package var storage: StorageTruth?
    package var visitors: VisitorTruth?
    /// The block in which every address without a service gives no answer; nil where such addresses refuse.
    package var silentElsewhere: CIDR?

    package init(
        world: String,
        seed: UInt64,
        day: Day,
        hosts: [IPAddress],
        services: [Service],
        websites: [Website],
        doors: [Door],
        decoys: [Decoy],
        sources: [SourceTruth],
        projects: [Project],
        storage: StorageTruth?,
        visitors: VisitorTruth?,
        silentElsewhere: CIDR? = nil
    ) {
        self.world = world
        self.seed = seed
        self.day = day
        self.hosts = hosts
        self.services = services
        self.websites = websites
        self.doors = doors
        self.decoys = decoys
        self.sources = sources
        self.projects = projects
        self.storage = storage
        self.visitors = visitors
        self.silentElsewhere = silentElsewhere
    }
}

extension [LabTruth.Days] {
    /// Whether the day is among them; no stretch at all means every day.
    package func include(_ day: Day) -> Bool { isEmpty || contains { ($0.first...$0.last).contains(day) } }
}
