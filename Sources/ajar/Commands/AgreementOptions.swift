import ArgumentParser
import Domain

/// How many runs must agree on a change.
struct AgreementOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Announce a change when so many of the last comparable runs agree.", valueName: "k"))
    var agree = 2

    @Option(help: ArgumentHelp("How many of the last comparable runs are looked at.", valueName: "n"))
    var of = 3

    func validate() throws {
        guard (1...of).contains(agree), of <= 100 else {
            throw ValidationError("--agree must be at least 1 and at most --of, which is at most 100")
        }
    }

    var agreement: Agreement { Agreement(agree: agree, of: of) }
}
