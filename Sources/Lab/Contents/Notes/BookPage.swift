/// A scanned page of a book about horses. The text was written for the lab.
struct BookPage: Hashable, Sendable {
    var number: Int
    var seed: UInt64

    /// What stands on the title page and on the pages.
    static let title = "Книга о лошадях"
    static let paragraphs = [
        "Лошадь видит почти всё вокруг себя, кроме узкой полосы прямо за хвостом. Поэтому к ней подходят сбоку и всегда предупреждают голосом.",
        "Рысь — двухтактный аллюр: передняя и задняя нога по диагонали выносятся вместе. Между двумя опорами лошадь на миг повисает в воздухе.",
        "Галоп начинается с задней ноги. Три удара копыт, затем полёт. На рисунке важнее всего показать дугу спины и вынос шеи.",
        "Копыта осматривают каждый день до и после работы. Камень, забытый под стрелкой, приводит к хромоте.",
        "Зимой коню дают тёплую воду и больше сена. Овёс нужен тому, кто работает, а не тому, кто стоит.",
        "Масть жеребёнка часто меняется: серый рождается тёмным и светлеет с годами.",
        "Уши говорят о настроении: вперёд — внимание, назад — гнев, в стороны — усталость или сон.",
        "Шаг — четырёхтактный аллюр. Художник рисует сначала линию спины, потом опору, и лишь затем гриву.",
    ]

    func draw(on canvas: Canvas) {
        var pencil = Pencil(on: canvas, hand: .clean, generator: SeededGenerator(seed, "page"))
        if number == 1 {
            Writing(font: .book, size: 46, ink: .black, isBold: true)
                .write(Self.title, on: canvas, at: Point(60, 60), width: 520)
            Writing(font: .book, size: 20, ink: .grey(0.2))
                .write("породы, уход, движение", on: canvas, at: Point(64, 120), width: 520)
        } else {
            var top = 26.0
            let text = Writing(font: .book, size: 15, ink: .grey(0.12))
            for offset in 0..<2 {
                let paragraph = Self.paragraphs[(number * 2 + offset) % Self.paragraphs.count]
                top += text.write(paragraph, on: canvas, at: Point(48, top), width: 544) + 9
            }
        }
        pencil.width = 1.2
        Horse(looks: Looks(seed), phase: Double(number % 9) / 9).draw(&pencil, at: Point(300, 322))
        Writing(font: .book, size: 11, ink: .grey(0.3)).write("\(number)", on: canvas, at: Point(310, 336), width: 60)
    }
}
