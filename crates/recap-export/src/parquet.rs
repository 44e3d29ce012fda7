//! Parquet (<https://parquet.apache.org>): the table of talks and speakers, with the event's day as a date.

use std::sync::Arc;

use jiff::civil::date;
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};
use recap_model::Recap;

use crate::table::{COLUMNS, Row, rows};
use crate::{Error, Export, Settings, when};

/// The column behind those of the table: days since 1970-01-01, none where the day is not known.
const DAY: &str = "date";

/// Rows of one row group.
const GROUP: usize = 100_000;

/// Writes all recaps.
pub fn write(recaps: &[Recap], _: &Settings) -> Result<Export, Error> {
    let fail = Error::of("Parquet");
    let rows: Vec<(Row, Option<i32>)> = recaps.iter().flat_map(|recap| rows(recap).into_iter().map(|row| (row, day(recap)))).collect();
    Ok(Export::one("talks", "parquet", file(&rows).map_err(|e| fail(&e))?))
}

fn day(recap: &Recap) -> Option<i32> {
    let since = date(1970, 1, 1).until(when::start(recap)?.date()).ok()?;
    Some(since.get_days())
}

fn file(rows: &[(Row, Option<i32>)]) -> Result<Vec<u8>, ParquetError> {
    let mut bytes = Vec::new();
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema()?, Arc::new(properties))?;
    for part in rows.chunks(GROUP) {
        let mut group = writer.next_row_group()?;
        for at in 0..COLUMNS.len() {
            let bytes = |(row, _): &(Row, _)| row.get(at).and_then(|value| value.as_deref()).map(ByteArray::from);
            column::<ByteArrayType>(&mut group, part.iter().map(bytes))?;
        }
        column::<Int32Type>(&mut group, part.iter().map(|(_, day)| *day))?;
        group.close()?;
    }
    writer.close()?;
    Ok(bytes)
}

/// All values are optional: a level of 1 says that one is there.
fn column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, &mut Vec<u8>>,
    values: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut levels, mut there) = (Vec::new(), Vec::new());
    for value in values {
        levels.push(i16::from(value.is_some()));
        there.extend(value);
    }
    let missing = || ParquetError::General("a column is missing".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    column.typed::<T>().write_batch(&there, Some(&levels), None)?;
    column.close()
}

fn schema() -> Result<TypePtr, ParquetError> {
    let field = |name: &str, physical, converted, logical| {
        let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        field.with_converted_type(converted).with_logical_type(Some(logical)).build().map(Arc::new)
    };
    let texts = COLUMNS.iter().map(|name| field(name, Physical::BYTE_ARRAY, ConvertedType::UTF8, LogicalType::String));
    let day = field(DAY, Physical::INT32, ConvertedType::DATE, LogicalType::Date);
    let fields = texts.chain([day]).collect::<Result<_, _>>()?;
    Type::group_type_builder("talks").with_fields(fields).build().map(Arc::new)
}
