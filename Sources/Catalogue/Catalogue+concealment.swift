package import Domain
import GRDB

extension Catalogue {
    /// The same catalogue for those who show it: what `why` gives a reason for is counted and named, and nothing that was
    /// read from it is told.
    package func concealing(_ why: @escaping @Sendable (Digest) -> String?) -> Catalogue {
        var catalogue = self
        catalogue.concealment = why
        return catalogue
    }

    /// Why the bytes of a payload are not shown; nil for one that may be.
    package func concealed(_ payload: Digest) throws(CatalogueError) -> String? {
        if let why = concealment(payload) { return why }
        return try read("why a file is not shown") { database in
            try String.fetchOne(
                database,
                sql: "SELECT reason FROM fileReading WHERE payload = ? AND status = 'failed' AND reason LIKE ?",
                arguments: [payload, FileReading.neverOpened + "%"]
            )
        }
    }

    /// The payload that each collected entry has now, shown or not.
    package func collectedPayloads() throws(CatalogueError) -> [Digest] {
        try read("the payloads") { database in
            try Digest.fetchAll(database, sql: "SELECT DISTINCT payload FROM entry WHERE payload IS NOT NULL")
        }
    }

    /// How many payloads of entries are not shown.
    package func concealedCount() throws(CatalogueError) -> Int {
        let payloads = try collectedPayloads()
        let refused = try read("what is never opened") { database in
            try Digest.fetchAll(
                database,
                sql: "SELECT payload FROM fileReading WHERE status = 'failed' AND reason LIKE ?",
                arguments: [FileReading.neverOpened + "%"]
            )
        }
        return Set(payloads.filter { concealment($0) != nil } + refused).count
    }
}

extension FileReading {
    /// What may be told of it: all, or why nothing is.
    func concealed(_ why: String?) -> FileReading {
        why.map { FileReading(input: input, status: .failed(reason: $0), type: nil) } ?? self
    }
}
