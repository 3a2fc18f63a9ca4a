package import Domain

/// What is true of the storage server's contents over all its days.
package struct StorageTruth: Codable, Sendable {
    /// The days with a batch of new files.
    package var batchDays: [Day]
    /// Nil when there was no batch at all.
    package var lastUpdate: Timestamp?
    /// The first working day after the last batch.
    package var silenceSince: Day?
    /// By path.
    package var entries: [Entry]
}

extension StorageTruth {
    /// What a file's belonging can be told from.
    package enum Evidence: String, Codable, Sendable {
        /// A title, a code or a company stands in the path.
        case name
        /// It stands inside the file: on a sheet, a slate, in a note.
        case content
        /// Only the folder it lies in, where other files tell.
        case folder
        /// It belongs to no production.
        case none
    }

    /// What a note pair says, and what is wrong with it.
    package struct Note: Hashable, Codable, Sendable {
        package enum Fault: String, Codable, Sendable {
            /// Another number in the translation, such as `18` against `8`.
            case number
            /// Another cut in the translation, such as `SC088` against `SC089`.
            case cut
            /// No translation at all.
            case missing
        }

        /// In Chinese.
        package var note: String
        /// In Korean, northern spelling; nil where it is missing.
        package var translation: String?
        package var fault: Fault?
        /// Where it stands: `picture`, `text`, or a sheet's row such as `row 7`.
        package var place: String
    }

    /// The bytes of a file from one day on.
    package struct Version: Hashable, Codable, Sendable {
        package var day: Day
        package var payload: Digest
        package var length: UInt64
        package var modified: Timestamp
        /// The true type, whatever the extension says.
        package var mime: String
        /// Whether size and time are those of the version before: only the bytes tell.
        package var isSilent: Bool
        package var notes: [Note]
        /// Whether notes are drawn as pixels, so that reading them takes text recognition.
        package var hasDrawnText: Bool
    }

    /// A file with its whole life.
    package struct Entry: Codable, Sendable {
        package var path: PathName
        /// The first day on which it lies there; for what was there before the first batch, the day of its time.
        package var firstDay: Day
        package var versions: [Version]
        /// Days on which it is taken away; it is gone on that day already.
        package var removals: [Day]
        /// Days on which it is back, each after a removal.
        package var returns: [Day]
        package var status: Identification.Status
        package var evidence: Evidence
        /// What a careful person reads from the path.
        package var work: WorkName
        /// How the bytes of the name are to be read: `utf-8`, `gbk`.
        package var nameEncoding: String
    }
}
