/// Sentences that the country's pages are put together from. All of it is invented.
enum Phrases {
    static let topics: [String: [String]] = [
        "news": [
            "The third quarter plan was fulfilled eleven days ahead of schedule.",
            "A delegation of the harbour workers returned from its study tour on Tuesday.",
            "New tram carriages have entered service on the riverside line.",
            "The weather office expects light snow in the northern valleys.",
            "Readers are reminded that letters to the editor should carry a full name.",
            "Preparations for the spring concert have reached their final stage.",
        ],
        "culture": [
            "The exhibition of woodcuts is open daily except Mondays.",
            "A revised edition of the folk song collection has gone to print.",
            "The youth orchestra performed three works by composers of the province.",
            "Restoration of the east pavilion will continue until the summer.",
            "The studio presented a short film about the lighthouse keepers.",
        ],
        "trade": [
            "Samples of the spring catalogue are available on request.",
            "The company exports ginseng tea, mineral water and hand-woven textiles.",
            "Enquiries are answered in four languages within five working days.",
            "The trade fair will be held in the east hall from the ninth to the twelfth.",
            "Payment terms are agreed for each contract separately.",
        ],
        "science": [
            "The faculty admits two hundred students to its evening courses.",
            "A seminar on numerical methods takes place every second Thursday.",
            "Researchers reported good yields from the new variety of barley.",
            "The library has completed the catalogue of its map collection.",
            "Lecture notes may be read in the hall on the second floor.",
        ],
        "travel": [
            "The mountain lodge opens on the first of May.",
            "Visitors may choose between the coastal route and the lake route.",
            "Flights leave on Tuesdays and Saturdays; please arrive two hours early.",
            "Guides speak English, Chinese and Russian.",
            "The hot springs lie forty minutes from the railway station.",
        ],
        "food": [
            "Cold noodles are best served with a little mustard and vinegar.",
            "The cooks' association met to discuss the winter menu.",
            "A recipe for pine mushroom soup was sent in by a reader.",
            "Competitions for young cooks will be held in each district.",
            "The tea house on the embankment has reopened.",
        ],
    ]

    static let headings = [
        "Notice", "From the districts", "This week", "Announcement", "Reports", "For our visitors", "In brief",
    ]

    static let closings = [
        "All rights reserved.", "Reprints by permission only.", "Letters are welcome.", "Printed in the capital.",
    ]
}
