import Domain
import Foundation
import GRDB

extension IPAddress {
    /// As a column of addresses that sort: a number for IPv4, 16 bytes for IPv6.
    var column: DatabaseValue {
        family == .v4 ? Int64(value).databaseValue : Data(bytes).databaseValue
    }

    /// Nil for what is no address.
    init?(column: DatabaseValue) {
        if let number = Int64.fromDatabaseValue(column) {
            guard let value = UInt32(exactly: number) else { return nil }
            self.init(v4: value)
        } else {
            guard let bytes = Data.fromDatabaseValue(column) else { return nil }
            self.init(bytes: Array(bytes))
        }
    }
}
