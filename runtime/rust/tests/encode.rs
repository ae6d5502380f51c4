//! What each type looks like when it is sent.

use std::collections::BTreeMap;
use std::time::{Duration, UNIX_EPOCH};

use baselinker_runtime::{
    Date, Decimal, Encode, Extra, File, MapKey, TextOr, Timestamp, Value, Writer, encode, int_enum, int_id, text_enum,
    text_id,
};
use serde_json::json;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct OrderId(pub i64);
int_id!(OrderId);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct WarehouseCode(pub String);
text_id!(WarehouseCode);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Star(i64);

impl Star {
    fn from_code(code: i64) -> Self {
        Self(code)
    }

    fn code(self) -> i64 {
        self.0
    }
}

int_enum!(Star);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Source(String);

impl Source {
    fn from_code(code: &str) -> Self {
        Self(code.to_owned())
    }

    fn code(&self) -> &str {
        &self.0
    }
}

text_enum!(Source);

#[derive(Default)]
struct Params {
    order_id: i64,
    name: Option<String>,
    tags: Option<Vec<String>>,
    inner: Option<Box2>,
}

struct Box2 {
    extra: Extra,
    name: Option<String>,
}

impl Encode for Params {
    fn encode(&self, out: &mut Writer) {
        out.object(&[("order_id", &self.order_id), ("name", &self.name), ("tags", &self.tags), ("inner", &self.inner)]);
    }
}

impl Encode for Box2 {
    fn encode(&self, out: &mut Writer) {
        out.open_object(&[("name", &self.name)], &self.extra);
    }
}

#[test]
fn every_type() {
    let decimal: Decimal = "12.50".parse().unwrap();
    let cases: [(&dyn Encode, &str); 22] = [
        (&i64::MIN, "-9223372036854775808"),
        (&true, "true"),
        (&"a\"\\/\n\r\t\u{1}ę😀\u{7f}".to_owned(), "\"a\\\"\\\\/\\n\\r\\t\\u0001ę😀\u{7f}\""),
        (&String::new(), r#""""#),
        (&decimal, "12.50"),
        (&Decimal::MAX, "79228162514264337593543950335"),
        (&Timestamp(1_407_841_161), "1407841161"),
        (&Date::new(2026, 4, 2).unwrap(), r#""2026-04-02""#),
        (&File::from_bytes(b"%PDF-"), r#""data:JVBERi0=""#),
        (&File::from_base64("data:application/pdf;base64,JVBERi0="), r#""data:JVBERi0=""#),
        (&json!({"a": [1, null, "x"]}), r#"{"a":[1,null,"x"]}"#),
        (&vec![1_i64, 2], "[1,2]"),
        (&Vec::<i64>::new(), "[]"),
        (&vec![vec![1_i64], vec![]], "[[1],[]]"),
        (&vec![None, Some(1_i64)], "[null,1]"),
        (&BTreeMap::from([(OrderId(5), "a".to_owned())]), r#"{"5":"a"}"#),
        (&BTreeMap::<String, i64>::new(), "{}"),
        (&OrderId(5), "5"),
        (&WarehouseCode::from("bl_205"), r#""bl_205""#),
        (&Star(7), "7"),
        (&Source::from("shop"), r#""shop""#),
        (&TextOr::<i64>::from("["), r#""[""#),
    ];
    for (value, expected) in cases {
        assert_eq!(encode(value), expected);
    }
}

#[test]
fn absent_fields_are_left_out() {
    assert_eq!(encode(&Params::default()), r#"{"order_id":0}"#);
    let params = Params { order_id: 1, name: Some("{".into()), tags: Some(vec!["[".into(), "]".into()]), inner: None };
    assert_eq!(encode(&params), r#"{"order_id":1,"name":"{","tags":["[","]"]}"#);
}

#[test]
fn extra_keys_stand_beside_fields_and_never_double_them() {
    let mut extra = Extra::default();
    extra.insert("name|de", "b");
    extra.insert("name", "c");
    let inner = |name: Option<&str>| {
        let inner = Box2 { extra: extra.clone(), name: name.map(str::to_owned) };
        encode(&Params { inner: Some(inner), ..Params::default() })
    };
    assert_eq!(inner(Some("a")), r#"{"order_id":0,"inner":{"name":"a","name|de":"b"}}"#);
    assert_eq!(inner(None), r#"{"order_id":0,"inner":{"name":"c","name|de":"b"}}"#);
    assert_eq!(extra.get("name"), Some(&Value::from("c")));
}

#[test]
fn times_and_dates() {
    let half = UNIX_EPOCH + Duration::from_millis(1500);
    assert_eq!(Timestamp::from(half), Timestamp(1));
    assert_eq!(Timestamp::from(UNIX_EPOCH - Duration::from_millis(1500)), Timestamp(-2));
    assert_eq!(Timestamp(1).to_system_time(), Some(UNIX_EPOCH + Duration::from_secs(1)));
    assert_eq!(Timestamp(-1).to_system_time(), Some(UNIX_EPOCH - Duration::from_secs(1)));
    let date: Date = "2024-02-29".parse().unwrap();
    assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
    assert!("2024-2-29".parse::<Date>().is_err());
    assert!(Date::new(2025, 2, 29).is_none());
}

#[test]
fn files() {
    assert_eq!(File::from_bytes(b"%PDF-").bytes().unwrap(), b"%PDF-");
    assert_eq!(File::from_base64("data:JVBERi0=").bytes().unwrap(), b"%PDF-");
    let error = File::from_base64("%%%").bytes().unwrap_err().to_string();
    assert!(error.starts_with("the file's content is not base64: "), "{error}");
    assert_eq!(format!("{:?}", File::from_bytes(&[0; 300])), "File(400 bytes of base64)");
}

#[test]
fn ids_and_enums_are_keys_and_print_like_their_values() {
    assert_eq!(OrderId::from_key("12911880143"), Some(OrderId(12_911_880_143)));
    assert_eq!(OrderId(5).to_key(), "5");
    assert_eq!("5".parse(), Ok(OrderId(5)));
    assert_eq!(OrderId::from(5).to_string(), "5");
    assert_eq!(WarehouseCode::from_key("bl_1").unwrap().to_string(), "bl_1");
    assert_eq!(WarehouseCode::from("a".to_owned()).to_key(), "a");
    assert_eq!("a".parse(), Ok(WarehouseCode("a".into())));
    assert_eq!(Star::from_key("3").unwrap().to_key(), "3");
    assert_eq!(format!("{:>3}|{}", Star::from(7), Source::from("x")), "  7|x");
    assert_eq!(Source::from_key("x").unwrap().to_key(), "x");
}
