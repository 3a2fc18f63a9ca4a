import Crypto
import Domain
import SystemPackage

/// The data folder's files day by day: the drawn contents, and the copy of the server's own log.
struct DailyFiles {
    let country: Country
    let contents: StorageContents

    init(country: Country) throws(LabError) {
        self.country = country
        contents = try country.contents()
    }

    func files(on day: Day) -> [PlacedFile] { contents.files(on: day) }
}
