package extract

import "strings"

// nounClass is a set of the ways in which a word helps to tell who is meant: what it can head, what it can stand
// before, what gender and number it gives to the one it names.
type nounClass uint64

// The classes, in the order of nounLists.
const (
	nounOffice      nounClass = 1 << iota // president, spokesman: heads a title of office
	nounState                             // president, minister: an office of a country unless something else is said
	nounDiplomat                          // ambassador: "to X" names where, not for whom
	nounVoice                             // spokesman: "for X" names the one served
	nounRank                              // general, colonel
	nounReverend                          // ayatollah, archbishop
	nounPersonal                          // man, cleric, activist: heads a description of a person that is no office
	nounKin                               // wife, brother
	nounHonorific                         // Mr., Dr.
	nounTitleWord                         // prime, deputy, foreign: stands in a title before its head
	nounFormer                            // former, ex, late
	nounActing                            // acting, interim
	nounPortfolio                         // economy, defence: what a minister is minister of
	nounCounterpart                       // counterpart, predecessor
	nounCountry                           // country, nation
	nounCity                              // city, town
	nounRegion                            // province, region, territory
	nounGovernment                        // government, administration
	nounBody                              // group, organisation, party, agency
	nounPact                              // treaty, agreement
	nounGathering                         // summit, conference
	nounSite                              // base, airport, prison
	nounSide                              // sides, parties, two
	nounMale
	nounFemale
	nounWeekday   // days and months
	nounVerbSay   // says, told: the subject of which thinks
	nounVerbBe    // is, became, remains
	nounInPlace   // in, at, near: before the name of a place
	nounMoving    // visit, leave, reach: before the name of a place
	nounPlaceNoun // street, airport, mayor: after the name of a place
	nounDealing   // talks, ties, relations: "with" a government
)

// nounLists are the words of each class; the tagger's lemma or the word itself in lower case must be in the list.
var nounLists = [...]struct {
	class nounClass
	words string
}{
	{nounOffice, `president premier minister secretary chancellor leader chief head spokesman spokeswoman spokesperson
		ambassador envoy mayor governor senator congressman congresswoman director chairman chairwoman chairperson chair
		commissioner negotiator commander mediator coordinator representative adviser advisor speaker king queen emperor
		empress emir sultan prince princess tsar czar shah taoiseach administrator consul dictator ruler monarch
		vice-president president-elect secretary-general ceo undersecretary under-secretary deputy-minister attorney
		prosecutor treasurer captain-general governor-general director-general commissioner-general lawmaker legislator
		councillor counsellor counselor affaires charge executive judge justice mp parliamentarian rapporteur
		lord-lieutenant viceroy regent warlord pope marshal khan caliph vizier staff officer editor manager
		ombudsman supervisor presidency chairmanship co-founder founder delegate candidate nominee boss principal dean rector
		chancellor-designate co-chairman vice-chairman vice-premier vice-chancellor inspector president-designate
		premier-designate minister-designate commander-in-chief commander-in-chief plenipotentiary auditor comptroller
		controller surgeon librarian superintendent head-of-state head-of-government magistrate pm`},
	{nounState, `president premier minister chancellor king queen emperor empress emir sultan tsar czar shah taoiseach
		president-elect dictator ruler monarch vice-president prince princess ambassador senator congressman congresswoman
		vice-premier presidency affaires pm`},
	{nounDiplomat, `ambassador envoy consul plenipotentiary affaires charge minister representative delegate commissioner
		adviser advisor emissary`},
	{nounVoice, `spokesman spokeswoman spokesperson representative negotiator lawyer candidate director reporter editor
		correspondent adviser advisor commissioner coordinator`},
	{nounRank, `general colonel admiral captain major lieutenant sergeant brigadier corporal commodore marshal gen col adm
		capt maj lt sgt brig`},
	{nounReverend, `ayatollah archbishop bishop cardinal sheikh sheik shaikh imam mullah mawlana maulana patriarch rabbi mufti
		reverend rev pope metropolitan father monsignor hojatoleslam dalai`},
	{nounPersonal, `man woman boy girl person lawyer journalist reporter correspondent official diplomat politician lawmaker
		legislator activist dissident cleric monk singer actor actress author writer scientist businessman businesswoman
		tycoon billionaire soldier officer pilot priest nun student teacher professor analyst expert economist historian
		veteran star player coach champion athlete striker defender suspect prisoner detainee militant fugitive refugee
		victim gunman bomber attacker envoy statesman opponent critic candidate contender challenger nominee incumbent
		laureate guest host monarch pontiff founder owner strongman chieftain rebel artist director producer musician rocker
		novelist poet painter doctor surgeon nurse engineer executive banker member aide adviser advisor youth teenager
		native citizen conservative liberal democrat republican socialist independent winner loser`},
	{nounKin, `wife husband brother sister son daughter father mother parent uncle aunt cousin nephew niece widow widower
		grandson granddaughter grandfather grandmother fiancee fiance spouse child twin son-in-law daughter-in-law
		father-in-law mother-in-law brother-in-law sister-in-law stepfather stepmother girlfriend boyfriend`},
	{nounHonorific, `mr mr. mrs mrs. ms ms. miss dr dr. prof prof. sir lord lady dame madam madame hon hon. st st. gen. col.
		adm. capt. maj. lt. sgt. sen. rep. gov. rev. pres. brig. excellency highness majesty honorable honourable senor don
		señor señora comrade`},
	{nounTitleWord, `prime deputy vice foreign assistant under undersecretary chief senior special executive permanent first
		second third federal national supreme grand crown general secretary interior defense defence home opposition external
		internal attorney associate principal private presidential parliamentary chargé charge d'affaires cabinet
		lord high joint extraordinary majority minority house senate state treasury justice finance trade health education
		spiritual religious political military regional provincial top nuclear peace ad outgoing incoming current future
		district county municipal honorary solicitor police army navy press co- ex- vice- head relief humanitarian rebel
		party apostolic field air rear brigadier major lieutenant then then- administrative managing financial operating`},
	{nounFormer, `former ex late ex- one-time onetime ousted deposed then then- exiled erstwhile slain past previous toppled
		impeached assassinated murdered jailed`},
	{nounActing, `acting interim caretaker transitional provisional ad`},
	{nounPortfolio, `economy finance trade defence defense interior justice health education science culture agriculture energy
		transport transportation labor labour commerce industry environment development information communications tourism
		housing sport sports security oil petroleum water planning foreign military government home emigration migration
		research technology technologies construction affairs state employment innovation forestry fisheries immigration`},
	{nounCounterpart, `counterpart predecessor successor colleague`},
	{nounCountry, `country nation kingdom republic state homeland monarchy sheikhdom`},
	{nounCity, `city town capital village port`},
	{nounRegion, `province region territory enclave peninsula island archipelago continent area district county
		prefecture governorate emirate state valley strip`},
	{nounGovernment, `government administration regime authorities authority leadership junta cabinet officialdom`},
	{nounBody, `group organization organisation party agency bloc movement company council commission alliance
		committee association firm corporation parliament legislature assembly faction militia institute foundation
		department network newspaper magazine broadcaster bank watchdog body team club league tribunal airline university
		consortium front brotherhood society forum station charity guerrillas insurgents rebels militants board panel union
		secretariat ministry court`},
	{nounPact, `treaty agreement accord pact deal protocol convention law act bill resolution legislation constitution charter
		declaration document plan doctrine order decree memorandum`},
	{nounGathering, `summit conference meeting forum talks war conflict election games tournament ceremony festival event
		congress olympics storm hurricane holiday revolution uprising crisis disaster battle`},
	{nounSite, `base airport prison palace stadium embassy hospital monastery temple mosque church shrine bridge camp
		plant reactor hotel museum building complex facility canal pipeline mill shipyard`},
	{nounSide, `side party two both pair three`},
	{nounMale, `man boy father brother son husband king prince emperor spokesman chairman congressman mr mr. sir lord
		businessman uncle nephew grandfather widower actor monk priest pope ayatollah archbishop bishop cardinal imam sheikh sheik
		mullah gunman fisherman policeman grandson son-in-law father-in-law brother-in-law stepfather boyfriend sultan emir
		shah tsar czar rabbi mufti patriarch statesman pontiff don señor senor fiance assemblyman salesman nobleman duke
		strongman vice-chairman co-chairman taoiseach lama playboy`},
	{nounFemale, `woman girl mother sister daughter wife queen princess empress spokeswoman chairwoman congresswoman mrs mrs.
		ms ms. miss lady dame madam madame businesswoman aunt niece grandmother widow actress nun policewoman granddaughter
		daughter-in-law mother-in-law sister-in-law stepmother girlfriend duchess señora fiancee ballerina heroine waitress
		baroness countess goddess`},
	{nounWeekday, `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
		september october november december today yesterday tomorrow week month year earlier`},
	{nounVerbSay, `say tell announce add note warn deny confirm report state declare claim insist argue accuse urge call deny
		believe think hope want expect demand discuss welcome criticize condemn agree promise vow pledge reiterate reaffirm stress
		emphasize underscore praise thank reject refuse offer ask invite meet visit vote sign plan intend seek fear blame`},
	{nounVerbBe, `be become remain`},
	{nounInPlace, `in at near outside around across through throughout inside into toward towards within beyond via over
		above off central downtown northern southern eastern western north south east west greater occupied suburban
		northwest northeast southwest southeast`},
	{nounMoving, `visit leave reach enter tour arrive depart fly travel return capture bomb attack shell besiege trip flight
		host outside quit occupy hit`},
	{nounPlaceNoun, `street road airport embassy mayor suburb neighborhood neighbourhood district university hotel hospital
		square summit conference stadium station police court church mosque zoo museum bombing bombers suburbs streets area
		region office bureau airport's port newspaper company jail prison declaration accords accord treaty restaurant market
		stock olympics games marathon derby school declaration bomb bombings attacks attack process metro subway train
		residents resident resident's metropolitan authorities team club-based correspondent`},
	{nounDealing, `talk negotiation tie relation agreement dialogue deal cooperation alliance contact partnership
		friendship dispute treaty war tension relationship consultation row trade diplomacy friction`},
}

// nouns looks up the classes of words.
type nouns map[string]nounClass

func newNouns() nouns {
	n := make(nouns, 1500)
	for _, l := range nounLists {
		for w := range strings.FieldsSeq(l.words) {
			n[w] |= l.class
		}
	}
	return n
}

// classify fills class with the classes of every token.
func (n nouns) classify(d *Document, class []nounClass, buf []byte) []byte {
	for i := range d.Tokens {
		var c nounClass
		c, buf = n.lookup(d.Word(int32(i)), buf)
		if l := d.Tokens[i].Lemma; l != 0 && (c == 0 || d.Tokens[i].Pos == PosVerb || d.Tokens[i].Pos == PosAux) {
			var more nounClass
			more, buf = n.lookup(d.Symbols.Text(l), buf)
			c |= more
		}
		class[i] = c
	}
	return buf
}

func (n nouns) lookup(word string, buf []byte) (nounClass, []byte) {
	buf = appendLower(buf[:0], word)
	return n[string(buf)], buf
}
