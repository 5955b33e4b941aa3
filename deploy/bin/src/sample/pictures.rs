/// A file of `sample/pictures` with its name.
macro_rules! picture {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../sample/pictures/", $name)).as_slice())
    };
}

/// The sample's pictures: name and bytes.
pub const PICTURES: &[(&str, &[u8])] = &[
    picture!("3dcam01.svg"),
    picture!("amtr01.svg"),
    picture!("hd08.svg"),
    picture!("lpn4.svg"),
    picture!("mb06.svg"),
    picture!("sh03.svg"),
    picture!("usb02.svg"),
    picture!("wh14.svg"),
];
