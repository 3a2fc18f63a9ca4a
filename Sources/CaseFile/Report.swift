package import Domain

/// Everything a report says, before it becomes a page: sections in reading order, and the exhibits they rest on.
package struct Report: Sendable, Encodable {
    package var title: String
    /// When it was composed, by the case's clock.
    package var composed: Timestamp
    /// From the first run's beginning to the last run's end.
    package var period: TimeBounds
    package var clockWasSimulated: Bool
    package var summary: [Claim]
    package var map: AddressMap
    package var websites: [WebsiteRow]
    package var doors: [DoorSection]
    package var rejections: [DoorRejection]
    /// What templates of others reported; none is a door.
    package var templateFindings: [TemplateFindingRow]
    package var sources: [SourceSection]
    package var productions: [Production]
    package var remainder: Remainder
    package var notes: [NoteRow]
    package var logs: [LogSection]
    package var method: Method
    package var exhibits: [Exhibit]
}

/// What a report is told about its case besides what the catalogue knows.
package struct ReportContext: Sendable {
    package var caseName: String
    package var addresses: AddressSet
    package var ports: [UInt16]
    package var authority: String?
    package var contact: String
    package var level: CollectionLevel
    /// The ledger's newest checkpoint, as its signed note reads.
    package var checkpoint: String?

    package init(
        caseName: String,
        addresses: AddressSet,
        ports: [UInt16],
        authority: String?,
        contact: String,
        level: CollectionLevel,
        checkpoint: String?
    ) {
        self.caseName = caseName
        self.addresses = addresses
        self.ports = ports
        self.authority = authority
        self.contact = contact
        self.level = level
        self.checkpoint = checkpoint
    }
}
